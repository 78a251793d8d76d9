package bench

import (
	"context"
	"errors"
	"io/fs"
	"math/rand/v2"
	"path/filepath"

	blevesearch "github.com/blevesearch/bleve/v2/search"

	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/search/collector"
	"github.com/blevesearch/bleve/v2/search/searcher"
	index "github.com/blevesearch/bleve_index_api"
)

// wordField is the field of Parley's index that holds the words of messages.
const wordField = "w"

// prefixFloor measures Bleve's own prefix search, by score, over the same index:
// what a search box over stock Bleve would cost, before anything is read from the
// store or sent. The server must not have the folder open.
func (s *stage) prefixFloor() error {
	folder, err := indexFolder(s.dir)
	if err != nil {
		return err
	}
	queue := index.NewAnalysisQueue(1)
	defer queue.Close()
	bleve, err := scorch.NewScorch(scorch.Name, map[string]any{"path": folder, "read_only": true}, queue)
	if err != nil {
		return err
	}
	if err := bleve.Open(); err != nil {
		return err
	}
	reader, err := bleve.Reader()
	if err != nil {
		return errors.Join(err, bleve.Close())
	}
	random := rand.New(rand.NewPCG(7, 8))
	for _, letters := range []int{2, 3, 4} {
		prefixes := prefixesOf(random, letters)
		l := &load{clients: 1, rounds: s.much.rounds, lasts: s.much.lasts / 2, least: min(s.much.least, 50), warm: 1, try: func(_, n int) (func() error, error) {
			return nil, stockPrefix(reader, prefixes[n%len(prefixes)])
		}}
		result, err := l.run()
		if err != nil {
			return errors.Join(err, reader.Close(), bleve.Close())
		}
		row := s.row(floorPrefix(letters), "floor: stock Bleve prefix search, "+lettersText(letters))
		result.fill(&row)
		s.add(row)
	}
	return errors.Join(reader.Close(), bleve.Close())
}

// stockPrefix is what a prefix query of Bleve does: every document that has a word
// with the prefix is scored, and the best twenty are kept.
func stockPrefix(reader index.IndexReader, prefix string) error {
	ctx := context.Background()
	found, err := searcher.NewTermPrefixSearcher(ctx, reader, prefix, wordField, 1, blevesearch.SearcherOptions{})
	if err != nil {
		return err
	}
	best := collector.NewTopNCollector(20, 0, blevesearch.SortOrder{&blevesearch.SortScore{Desc: true}})
	return errors.Join(best.Collect(ctx, found, reader), found.Close())
}

// indexFolder finds Bleve's own folder below a data folder.
func indexFolder(dir string) (folder string, err error) {
	err = filepath.WalkDir(filepath.Join(dir, "search"), func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Name() == "root.bolt" {
			folder = filepath.Dir(path)
		}
		return err
	})
	if err == nil && folder == "" {
		err = fs.ErrNotExist
	}
	return folder, err
}

func floorPrefix(letters int) string { return "floor.prefix" + string(rune('0'+letters)) }
