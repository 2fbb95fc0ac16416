package store

import (
	"hookswitch"
)

const deliveryColumns = `id, challenge_id, user_id, factor_id, channel, purpose, phone, country, country_code, language, state,
	provider, provider_id, reference, status, status_raw, status_code, failure, attempts, recipient, origin,
	created, settled, owner, lease, due, deadline, feedback, notes, version`

// Delivery reads a delivery by id.
func (tx *Tx) Delivery(id string) (hookswitch.Delivery, error) {
	found, err := tx.deliveries(`SELECT `+deliveryColumns+` FROM deliveries WHERE id = $1`, id)
	if err != nil {
		return hookswitch.Delivery{}, err
	}
	if len(found) == 0 {
		return hookswitch.Delivery{}, hookswitch.Refuse(hookswitch.NotFound, "There is no such delivery.")
	}
	return found[0], nil
}

// DeliveryByReference finds a delivery by the provider's own id of its message.
func (tx *Tx) DeliveryByReference(providerID, reference string) (hookswitch.Delivery, bool, error) {
	found, err := tx.deliveries(`SELECT `+deliveryColumns+` FROM deliveries WHERE reference = $1 AND reference <> '' AND provider_id = $2`,
		reference, providerID)
	if err != nil || len(found) == 0 {
		return hookswitch.Delivery{}, false, err
	}
	return found[0], true, nil
}

// DeliveriesTo lists the newest deliveries to a phone number, the newest first.
func (tx *Tx) DeliveriesTo(e164 string, limit int) ([]hookswitch.Delivery, error) {
	return tx.deliveries(`SELECT `+deliveryColumns+` FROM deliveries WHERE phone = $1 ORDER BY created DESC, id DESC LIMIT $2`, e164, limit)
}

// DeliveriesFor lists the newest deliveries to a user, the newest first.
func (tx *Tx) DeliveriesFor(userID string, limit int) ([]hookswitch.Delivery, error) {
	return tx.deliveries(`SELECT `+deliveryColumns+` FROM deliveries WHERE user_id = $1 ORDER BY created DESC, id DESC LIMIT $2`, userID, limit)
}

// DeliveriesByReference finds deliveries by a provider's own id of the message, whichever the provider.
func (tx *Tx) DeliveriesByReference(reference string) ([]hookswitch.Delivery, error) {
	return tx.deliveries(`SELECT `+deliveryColumns+` FROM deliveries WHERE reference = $1 AND reference <> '' ORDER BY created DESC, id DESC`, reference)
}

// ClaimDeliveries gives deliveries that are due; on PostgreSQL no other worker gets them before this transaction ends.
func (tx *Tx) ClaimDeliveries(limit int) ([]hookswitch.Delivery, error) {
	return tx.deliveries(`SELECT `+deliveryColumns+` FROM deliveries WHERE due <= $1 ORDER BY due LIMIT $2 `+tx.Dialect().Claim, tx.Now(), limit)
}

func (tx *Tx) deliveries(query string, args ...any) ([]hookswitch.Delivery, error) {
	var all []hookswitch.Delivery
	err := tx.Query(query, args, func(r Row) error {
		var d hookswitch.Delivery
		var attempts, recipient, origin []byte
		err := r.Scan(&d.ID, &d.ChallengeID, &d.UserID, &d.FactorID, &d.Channel, &d.Purpose, &d.Phone, &d.Country, &d.CountryCode,
			&d.Language, &d.State, &d.Provider, &d.ProviderID, &d.Reference, &d.Status, &d.StatusRaw, &d.StatusCode, &d.Failure,
			&attempts, &recipient, &origin, &d.Created, &d.Settled, &d.Owner, &d.Lease, &d.Due, &d.Deadline, &d.Feedback,
			&d.Notes, &d.Version)
		if err != nil {
			return err
		}
		for _, part := range []struct {
			data []byte
			into any
		}{{attempts, &d.Attempts}, {recipient, &d.Recipient}, {origin, &d.Origin}} {
			if err := fromJSON(part.data, part.into); err != nil {
				return err
			}
		}
		all = append(all, d)
		return nil
	})
	return all, err
}

// InsertDelivery adds a delivery.
func (tx *Tx) InsertDelivery(d hookswitch.Delivery) error {
	attempts, recipient, origin, err := deliveryJSON(d)
	if err != nil {
		return err
	}
	return tx.Exec(1, `INSERT INTO deliveries (`+deliveryColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,
		$14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30)`,
		d.ID, d.ChallengeID, d.UserID, d.FactorID, d.Channel, d.Purpose, d.Phone, d.Country, d.CountryCode, d.Language, d.State,
		d.Provider, d.ProviderID, d.Reference, d.Status, d.StatusRaw, d.StatusCode, d.Failure, attempts, recipient, origin,
		d.Created, d.Settled, d.Owner, d.Lease, d.Due, d.Deadline, d.Feedback, d.Notes, d.Version)
}

// UpdateDelivery replaces what can change of the delivery whose version was read.
func (tx *Tx) UpdateDelivery(d hookswitch.Delivery) error {
	attempts, err := toJSON(d.Attempts)
	if err != nil {
		return err
	}
	return tx.Exec(1, `UPDATE deliveries SET state = $3, provider = $4, provider_id = $5, reference = $6, status = $7,
		status_raw = $8, status_code = $9, failure = $10, attempts = $11, settled = $12, owner = $13, lease = $14, due = $15,
		feedback = $16, notes = $17, version = version + 1 WHERE id = $1 AND version = $2`,
		d.ID, d.Version, d.State, d.Provider, d.ProviderID, d.Reference, d.Status, d.StatusRaw, d.StatusCode, d.Failure,
		attempts, d.Settled, d.Owner, d.Lease, d.Due, d.Feedback, d.Notes)
}

func deliveryJSON(d hookswitch.Delivery) (attempts, recipient, origin string, err error) {
	if attempts, err = toJSON(d.Attempts); err != nil {
		return "", "", "", err
	}
	if recipient, err = toJSON(d.Recipient); err != nil {
		return "", "", "", err
	}
	origin, err = toJSON(d.Origin)
	return attempts, recipient, origin, err
}

// StatusNotes lists the statuses that came for a delivery, in the order in which they came.
func (tx *Tx) StatusNotes(deliveryID string) ([]hookswitch.StatusNote, error) {
	var notes []hookswitch.StatusNote
	err := tx.Query(`SELECT delivery_id, seq, at, source, reference, fate, word, provider_status, provider_code, failure, applied
		FROM status_notes WHERE delivery_id = $1 ORDER BY seq`, Args{deliveryID}, func(r Row) error {
		var n hookswitch.StatusNote
		err := r.Scan(&n.DeliveryID, &n.Seq, &n.At, &n.Source, &n.Reference, &n.Fate, &n.Word, &n.ProviderStatus,
			&n.ProviderCode, &n.Failure, &n.Applied)
		notes = append(notes, n)
		return err
	})
	return notes, err
}

// AddStatusNote keeps one status; its Seq is the delivery's count of notes.
func (tx *Tx) AddStatusNote(n hookswitch.StatusNote) error {
	return tx.Exec(1, `INSERT INTO status_notes (delivery_id, seq, at, source, reference, fate, word, provider_status, provider_code,
		failure, applied) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		n.DeliveryID, n.Seq, n.At, n.Source, n.Reference, n.Fate, n.Word, n.ProviderStatus, n.ProviderCode, n.Failure, n.Applied)
}
