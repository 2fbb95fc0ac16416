package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// plant is a bug to plant.
type plant struct {
	name  string // what is wrong with the program then
	edits []edit
}

// edit is a change of one file: the old text stands there exactly once.
type edit struct{ file, old, new string }

// one is a plant of a single edit.
func one(name, file, old, with string) plant { return plant{name, []edit{{file, old, with}}} }

// sources are texts of files that differ from what is on the disk, by their paths from the root of the tree.
type sources map[string]string

// apply makes the edits. It fails when a text is not there any more, or more than once: the bug has to be planted anew.
func (s sources) apply(root string, p plant) error {
	for _, e := range p.edits {
		text, changed := s[e.file]
		if !changed {
			read, err := os.ReadFile(filepath.Join(root, e.file))
			if err != nil {
				return fmt.Errorf("%s: %w", p.name, err)
			}
			text = string(read)
		}
		if n := strings.Count(text, e.old); n != 1 {
			return fmt.Errorf("%s: the text to change stands %d times in %s:\n%s", p.name, n, e.file, e.old)
		}
		s[e.file] = strings.Replace(text, e.old, e.new, 1)
	}
	return nil
}

// overlay writes the texts and the file for -overlay into a directory and answers the file's path.
func (s sources) overlay(root, dir string) (string, error) {
	replace := map[string]string{}
	for file, text := range s {
		to := filepath.Join(dir, strings.ReplaceAll(file, "/", "_"))
		if err := os.WriteFile(to, []byte(text), 0o600); err != nil {
			return "", err
		}
		replace[filepath.Join(root, file)] = to
	}
	list, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "overlay.json")
	return path, os.WriteFile(path, list, 0o600)
}
