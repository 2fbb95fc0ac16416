package report

import (
	"context"
	"strings"

	"hookswitch"
)

// mostStories bounds the deliveries of one answer.
const mostStories = 50

// Why finds the deliveries that a person asks about, the newest first, by what they have at hand: a delivery's id, the
// carrier's id of the message, a phone number, or a login. Limit is at most 50.
func (s *Service) Why(ctx context.Context, asked string, limit int) ([]Story, error) {
	limit = min(max(limit, 1), mostStories)
	var stories []Story
	err := s.view(ctx, func(tx Tx) error {
		stories = nil
		deliveries, refusals, err := s.find(tx, strings.TrimSpace(asked), limit)
		if err != nil {
			return err
		}
		for _, d := range deliveries {
			story, err := tell(tx, d)
			if err != nil {
				return err
			}
			stories = append(stories, story)
		}
		stories = merge(stories, refusals, limit)
		return nil
	})
	return stories, err
}

func (s *Service) find(tx Tx, asked string, limit int) ([]hookswitch.Delivery, []hookswitch.LoggedEvent, error) {
	if strings.HasPrefix(asked, hookswitch.DeliveryID) {
		d, err := tx.Delivery(asked)
		return []hookswitch.Delivery{d}, nil, err
	}
	if number, err := s.numbers.Parse(asked, ""); err == nil {
		deliveries, err := tx.DeliveriesTo(number.E164, limit)
		if err != nil {
			return nil, nil, err
		}
		refusals, err := tx.Events(hookswitch.LogQuery{
			Phone: number.E164, Types: []hookswitch.EventType{hookswitch.RateLimitViolation}, Descending: true, Limit: limit,
		})
		return deliveries, refusals, err
	}
	byReference, err := tx.DeliveriesByReference(asked)
	if err != nil || len(byReference) > 0 {
		return byReference, nil, err
	}
	u, err := tx.UserByLogin(asked)
	if hookswitch.IsProblem(err, hookswitch.NotFound) {
		return nil, nil, hookswitch.Refuse(hookswitch.NotFound, "Nothing is known under this delivery id, message id, phone number or login.")
	}
	if err != nil {
		return nil, nil, err
	}
	deliveries, err := tx.DeliveriesFor(u.ID, limit)
	return deliveries, nil, err
}

// merge puts refusals, which have no delivery, among the deliveries by time, the newest first.
func merge(stories []Story, refusals []hookswitch.LoggedEvent, limit int) []Story {
	var all []Story
	for len(all) < limit && (len(stories) > 0 || len(refusals) > 0) {
		if len(refusals) == 0 || len(stories) > 0 && stories[0].Delivery.Created.After(refusals[0].Published) {
			all, stories = append(all, stories[0]), stories[1:]
			continue
		}
		all, refusals = append(all, tellRefusal(refusals[0].Event)), refusals[1:]
	}
	return all
}
