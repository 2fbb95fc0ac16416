package admin

import (
	"context"
	"maps"
	"slices"
	"strings"

	"hookswitch"
	"hookswitch/internal/render"
)

// Regulations lists what countries demand of messages, by country; "" stands for all others.
func (t *Texts) Regulations(ctx context.Context) (render.Regulations, error) {
	w, err := t.read(ctx)
	return w.regulations, err
}

// Regulation gives that of one country.
func (t *Texts) Regulation(ctx context.Context, country string) (render.Regulation, error) {
	w, err := t.read(ctx)
	if err != nil {
		return render.Regulation{}, err
	}
	return w.regulation(country)
}

// SetRegulation writes the regulation of a country in the place of the one that it has. Templates that were saved before
// are sent as they are, even if they now take more segments; the next time that they are edited they have to fit.
func (t *Texts) SetRegulation(ctx context.Context, is render.Regulation, origin hookswitch.Origin, seen ...Seen[render.Regulation]) (render.Regulation, error) {
	if causes := is.Check(); len(causes) > 0 {
		return render.Regulation{}, &hookswitch.Problem{Kind: hookswitch.Invalid, Causes: causes}
	}
	err := t.change(ctx, func(w wording) (write, error) {
		was, err := w.regulation(is.Country)
		if err != nil && !hookswitch.IsProblem(err, hookswitch.NotFound) {
			return nil, err
		}
		if err := unchanged(seen, was); err != nil {
			return nil, err
		}
		fields := changedOfRegulation(was, is)
		if was.Version > 0 && len(fields) == 0 {
			is = was
			return nil, nil
		}
		return func(tx WordsTx, _ *hookswitch.Org) (hookswitch.Event, error) {
			is.LastUpdated, is.Version = tx.Now(), was.Version
			err := tx.SaveRegulation(is)
			is.Version++
			return t.event(tx, hookswitch.RegulationUpdated, origin, regulationEntity(is),
				hookswitch.Datum{Key: "changed", Value: strings.Join(fields, ", ")}), err
		}, nil
	})
	return is, err
}

// changedOfRegulation names the fields that differ, in the words of the API.
func changedOfRegulation(was, is render.Regulation) []string {
	var fields []string
	for _, field := range []struct {
		name string
		same bool
	}{
		{"senders", slices.Equal(was.Senders, is.Senders)},
		{"brandPrefix", was.BrandPrefix == is.BrandPrefix},
		{"optOutSuffix", was.OptOutSuffix == is.OptOutSuffix},
		{"dltEntityId", was.DLTEntityID == is.DLTEntityID},
		{"dltTemplateIds", maps.Equal(was.DLTTemplateIDs, is.DLTTemplateIDs)},
	} {
		if !field.same {
			fields = append(fields, field.name)
		}
	}
	return fields
}

// DeleteRegulation ends the regulation of a country: that of all others is in force there.
func (t *Texts) DeleteRegulation(ctx context.Context, country string, origin hookswitch.Origin) error {
	return t.change(ctx, func(w wording) (write, error) {
		was, err := w.regulation(country)
		if err != nil {
			return nil, err
		}
		return func(tx WordsTx, _ *hookswitch.Org) (hookswitch.Event, error) {
			return t.event(tx, hookswitch.RegulationDeleted, origin, regulationEntity(was)), tx.DeleteRegulation(was)
		}, nil
	})
}

func (w wording) regulation(country string) (render.Regulation, error) {
	i := slices.IndexFunc(w.regulations, func(r render.Regulation) bool { return r.Country == country })
	if i < 0 {
		return render.Regulation{}, hookswitch.Refuse(hookswitch.NotFound, "There is no regulation for this country.")
	}
	return w.regulations[i], nil
}

func regulationEntity(r render.Regulation) hookswitch.Entity {
	name := r.Country
	if name == "" {
		name = "all other countries"
	}
	return hookswitch.Entity{ID: r.Country, Type: "TelephonyRegulation", AlternateID: r.Country, DisplayName: name}
}
