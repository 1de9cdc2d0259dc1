package filter_test

import (
	"fmt"

	"github.com/seed-966a822a/winnow/filter"
)

const page = `Ferry that ran aground twice will sail again in May

The ferry Saint Brannoc will return to service on 6 May, the harbour board said on Saturday, after repairs that cost more than the ship is insured for.

Her captain was cleared of blame in February: a storm had moved a buoy, and nobody had been told.

The post Ferry that ran aground twice will sail again in May appeared first on Harbour Gazette.

Share this post
`

func ExampleFilter_Clean() {
	f, err := filter.New(filter.Options{Drop: []filter.Category{filter.Title}})
	if err != nil {
		panic(err) // a pack of your own has an error
	}
	fmt.Print(f.Clean(page))
	// Output:
	// The ferry Saint Brannoc will return to service on 6 May, the harbour board said on Saturday, after repairs that cost more than the ship is insured for.
	//
	// Her captain was cleared of blame in February: a storm had moved a buoy, and nobody had been told.
}

func ExampleFilter_Scan() {
	f, err := filter.New(filter.Options{})
	if err != nil {
		panic(err)
	}
	for _, d := range f.Scan(filter.Document{Text: page}).Decisions {
		fmt.Printf("%-5v %-11v %d bytes\n", d.Keep, d.Category, d.Span.Len())
	}
	// Output:
	// true  title       53 bytes
	// true  body        153 bytes
	// true  body        98 bytes
	// false syndication 98 bytes
	// false share       16 bytes
}
