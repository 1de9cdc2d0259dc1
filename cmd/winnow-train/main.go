// Winnow-train builds the data that winnow embeds: lang's tables, and filter's
// words and model. Winnow itself never needs it.
package main

import "github.com/alecthomas/kong"

// Each subcommand has a file of its own; here is only the list.
type commands struct {
	Lang  langCmd  `cmd:"" help:"Build the language tables from lingua's models, or report their accuracy."`
	Words wordsCmd `cmd:"" help:"List the common words of each language, from lingua's models."`
	Model modelCmd `cmd:"" help:"Grow the block model from pages and their bodies, or report what it is worth."`
}

func main() {
	ctx := kong.Parse(&commands{}, kong.Name("winnow-train"),
		kong.Description("Builds the data that winnow embeds."), kong.UsageOnError())
	ctx.FatalIfErrorf(ctx.Run())
}
