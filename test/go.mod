module hookswitch/test

go 1.26.0

ignore ./node_modules

replace hookswitch => ../

require (
	github.com/warthog618/sms v0.3.0
	hookswitch v0.0.0-00010101000000-000000000000
)
