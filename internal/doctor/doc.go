// Package doctor judges an installation by what was measured of it: what is well, what is not, and what to do next. It
// measures nothing itself; [hookswitch/internal/app.Examine] does.
package doctor
