module github.com/seed-966a822a/winnow/testdata/bench

go 1.26.0

replace github.com/seed-966a822a/winnow => ../..

require (
	github.com/abadojack/whatlanggo v1.0.1
	github.com/seed-966a822a/winnow v0.0.0-00010101000000-000000000000
)

require (
	github.com/cespare/xxhash/v2 v2.3.0 // indirect
	github.com/pemistahl/lingua-go v1.4.0 // indirect
	github.com/shopspring/decimal v1.3.1 // indirect
	golang.org/x/exp v0.0.0-20221106115401-f9659909a136 // indirect
	golang.org/x/text v0.43.0 // indirect
	google.golang.org/protobuf v1.34.2 // indirect
)
