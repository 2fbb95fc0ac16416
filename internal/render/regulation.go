package render

// Regulation is what a country demands of an SMS to its phones.
type Regulation struct {
	BrandPrefix  string // put before every text
	OptOutSuffix string // put after every text, before the autofill line
}
