module hookswitch/test

go 1.26.0

replace hookswitch => ../
