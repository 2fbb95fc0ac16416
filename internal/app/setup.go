package app

import "context"

// SetupLink is where the first administrator is made, "" when there are users. It is good once, for 30 minutes. The token
// stands behind a #, which browsers send to nobody.
func (a *App) SetupLink(ctx context.Context) (string, error) {
	token, err := a.use.admin.BeginSetup(ctx)
	if err != nil || token == "" {
		return "", err
	}
	return a.URL() + "/setup#" + token.Reveal(), nil
}
