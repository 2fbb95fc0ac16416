package admin

// Seen says whether a thing still is what somebody saw before they decided to change it. It is asked in the transaction
// that makes the change, and maybe again.
type Seen[T any] func(is T) error

// unchanged asks all of them.
func unchanged[T any](seen []Seen[T], is T) error {
	for _, ask := range seen {
		if err := ask(is); err != nil {
			return err
		}
	}
	return nil
}
