package simulator

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// maxWait bounds a long poll.
const maxWait = 10 * time.Minute

func waitParam(r *http.Request) (time.Duration, error) {
	v := r.URL.Query().Get("wait")
	if v == "" {
		return 0, nil
	}
	d, err := time.ParseDuration(v)
	if err != nil {
		n, err := strconv.Atoi(v)
		if err != nil {
			return 0, problemf(http.StatusBadRequest, `wait must be a duration such as "30s"`)
		}
		d = time.Duration(n) * time.Second
	}
	if d < 0 || d > maxWait {
		return 0, problemf(http.StatusBadRequest, "wait must be between 0 and %s", maxWait)
	}
	return d, nil
}

// latestMessage answers the newest message, waiting for one if asked to.
func (s *Simulator) latestMessage(r *http.Request) (any, error) {
	number, err := pathNumber(r)
	if err != nil {
		return nil, err
	}
	channel, err := channelParam(r)
	if err != nil {
		return nil, err
	}
	after, err := afterParam(r)
	if err != nil {
		return nil, err
	}
	wait, err := waitParam(r)
	if err != nil {
		return nil, err
	}
	var found *message
	look := func() (<-chan struct{}, bool) {
		p, ok := s.phones[number]
		if !ok {
			return s.arrival.wait(), false
		}
		for _, m := range slices.Backward(p.messages) {
			if m.ID <= after {
				break
			}
			if m.Direction == directionOutbound && (channel == "" || m.Channel == channel) {
				found = m
				return nil, true
			}
		}
		return p.arrival.wait(), false
	}
	if s.await(r, wait, look) {
		return found, nil
	}
	return nil, problemf(http.StatusNotFound, "no %s for %s%s%s; is the number right, and did the send succeed? GET /journal shows what the carriers were asked",
		cmp.Or(channel, "message or call"), number, suffix(" after ", after), suffix(" within ", waited(wait)))
}

func waited(d time.Duration) string {
	if d == 0 {
		return ""
	}
	return d.String()
}

func suffix(before, v string) string {
	if v == "" {
		return ""
	}
	return before + v
}

// await calls look, under mu, until it finds something or the wait is over;
// look answers the signal that announces a change.
func (s *Simulator) await(r *http.Request, wait time.Duration, look func() (<-chan struct{}, bool)) bool {
	t := time.NewTimer(wait)
	defer t.Stop()
	for {
		s.mu.Lock()
		changed, ok := look()
		s.mu.Unlock()
		if ok {
			return true
		}
		select {
		case <-changed:
		case <-t.C:
			return false
		case <-r.Context().Done():
			return false
		case <-s.ctx.Done():
			return false
		}
	}
}

// searchMessages answers the messages of every phone that match, oldest first.
func (s *Simulator) searchMessages(r *http.Request) (any, error) {
	q, err := parseSearch(r.URL.Query().Get("q"))
	if err != nil {
		return nil, problemf(http.StatusBadRequest, "%v", err)
	}
	after, err := afterParam(r)
	if err != nil {
		return nil, err
	}
	wait, err := waitParam(r)
	if err != nil {
		return nil, err
	}
	found := []*message{}
	s.await(r, wait, func() (<-chan struct{}, bool) {
		found = found[:0]
		for _, p := range s.phones {
			for _, m := range p.messages {
				if m.ID > after && q.match(m) {
					found = append(found, m)
				}
			}
		}
		return s.arrival.wait(), len(found) > 0
	})
	slices.SortFunc(found, func(a, b *message) int { return cmp.Compare(a.ID, b.ID) })
	return found, nil
}
