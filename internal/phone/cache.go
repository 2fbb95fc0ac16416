package phone

import (
	"strings"
	"sync"
)

// Cache reads numbers like [Overrides.Parse] and remembers the last ones: reading a
// number costs tens of microseconds, and the same few are asked for again and again
// (at enrolment, at every sign-in, in every callback). Only numbers that were good
// are kept, so that strangers cannot fill it with noise. It holds full numbers in
// memory and is safe for concurrent use.
type Cache struct {
	overrides Overrides
	capacity  int

	mu sync.RWMutex
	// Two generations make a cheap approximation of least recently used: when
	// the young one is full it becomes the old one, and what is still in use
	// moves back.
	young, old map[cacheKey]Number
}

type cacheKey struct{ input, region string }

// NewCache makes a cache of at least capacity and at most twice as many numbers.
func NewCache(overrides Overrides, capacity int) *Cache {
	return &Cache{overrides: overrides, capacity: max(capacity, 1), young: make(map[cacheKey]Number)}
}

// Parse is [Overrides.Parse], remembered.
func (c *Cache) Parse(input, defaultRegion string) (Number, error) {
	if len(input) > maxInput {
		return Number{}, TooLong
	}
	key := cacheKey{input, defaultRegion}
	c.mu.RLock()
	number, isYoung := c.young[key]
	isOld := false
	if !isYoung {
		number, isOld = c.old[key]
	}
	c.mu.RUnlock()
	if isYoung {
		return number, nil
	}
	if !isOld {
		var err error
		if number, err = c.overrides.Parse(input, defaultRegion); err != nil {
			return Number{}, err
		}
	}
	// The key must not keep alive the request body that the input is a part of.
	c.remember(cacheKey{strings.Clone(input), strings.Clone(defaultRegion)}, number)
	return number, nil
}

func (c *Cache) remember(key cacheKey, number Number) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.young) >= c.capacity {
		c.old, c.young = c.young, make(map[cacheKey]Number)
	}
	c.young[key] = number
}
