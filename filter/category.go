package filter

import (
	"fmt"
	"strings"
)

// A Category says what a block of text is. The zero Category is [Body].
type Category uint8

// The categories, in the order in which reports list them.
const (
	Body Category = iota
	Title
	Byline
	Share
	Syndication
	ReadMore
	Related
	Newsletter
	Advert
	Copyright
	Disclaimer
	Credit
	Comments
	Navigation
	Consent
	Account
	Tags
	Template
	Other
	numCategories
)

// categories is the one table of categories: to add one, add a constant above
// and a row here.
var categories = [numCategories]struct {
	name, doc string
	keep      bool // by default
}{
	Body:        {"body", "the article itself", true},
	Title:       {"title", "its headline", true},
	Byline:      {"byline", "author, date, source and update lines", false},
	Share:       {"share", "share and follow bars", false},
	Syndication: {"syndication", `"The post … appeared first on …", reprint and source notices`, false},
	ReadMore:    {"readmore", `"Read entire article" and continue-reading lines`, false},
	Related:     {"related", "headings of other stories and the teasers that follow", false},
	Newsletter:  {"newsletter", "plugs, and calls to subscribe or follow", false},
	Advert:      {"advert", "advertisements and their labels", false},
	Copyright:   {"copyright", "copyright and all-rights-reserved lines", false},
	Disclaimer:  {"disclaimer", "legal, financial and editorial disclaimers", false},
	Credit:      {"credit", "photo, reporting and editing credits", false},
	Comments:    {"comments", "readers' comments and their forms", false},
	Navigation:  {"navigation", "menus, breadcrumbs, page furniture", false},
	Consent:     {"consent", "cookie and privacy notices", false},
	Account:     {"account", "login, registration, paywall", false},
	Tags:        {"tags", "lists of tags and topics", false},
	Template:    {"template", "text that repeats across a site", false},
	Other:       {"other", "not the article, of no category above", false},
}

// Categories returns all categories, in the order in which reports list them.
func Categories() []Category {
	all := make([]Category, numCategories)
	for i := range all {
		all[i] = Category(i)
	}
	return all
}

// String returns the category's name, such as "newsletter".
func (c Category) String() string {
	if c < numCategories {
		return categories[c].name
	}
	return fmt.Sprintf("category(%d)", uint8(c))
}

// Doc returns one line of what belongs to the category.
func (c Category) Doc() string { return categories[c].doc }

// KeptByDefault reports whether text of the category is kept when
// [Options] say nothing else.
func (c Category) KeptByDefault() bool { return categories[c].keep }

// ParseCategory returns the category of that name, in any case.
func ParseCategory(name string) (Category, error) {
	for c, row := range categories {
		if strings.EqualFold(name, row.name) {
			return Category(c), nil
		}
	}
	return 0, fmt.Errorf("unknown category %q", name)
}

// MarshalText writes the category's name, so that JSON shows names.
func (c Category) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads a category's name.
func (c *Category) UnmarshalText(name []byte) (err error) {
	*c, err = ParseCategory(string(name))
	return err
}
