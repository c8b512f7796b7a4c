// Command verify checks an exported ledger with Go's transparency log packages, which know nothing
// of five-musts: if they agree, anyone can check a ledger without our software.
//
//	verify <export directory> <vkey> <size>...
//
// The directory holds checkpoint, tile/** and, if a witness has cosigned, witness (its vkey). The
// ledger's vkey comes from elsewhere: an export that names its own key proves nothing.
// For each size the checkpoint must be shown to extend the tree of that many entries.
package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: verify <export directory> <vkey> <size>...")
		os.Exit(2)
	}
	if err := verify(os.Args[1], os.Args[2], os.Args[3:]); err != nil {
		fmt.Fprintln(os.Stderr, "NOT VERIFIED:", err)
		os.Exit(1)
	}
}

func verify(dir, vkey string, sizes []string) error {
	tree, signatures, err := openCheckpoint(dir, vkey)
	if err != nil {
		return err
	}
	hashes := tlog.TileHashReader(tree, tiles{dir})
	// The tree once more from the entries alone, so that older roots do not come from the tiles.
	own, err := checkEntries(dir, tree, hashes)
	if err != nil {
		return err
	}
	for _, text := range sizes {
		size, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return err
		}
		if err := checkExtends(tree, size, hashes, own); err != nil {
			return fmt.Errorf("from %d to %d: %w", size, tree.N, err)
		}
	}
	fmt.Printf("verified: %d entries, %d signatures, ", tree.N, signatures)
	fmt.Printf("consistent with %d sizes\n", len(sizes))
	return nil
}

func openCheckpoint(dir, vkey string) (tree tlog.Tree, signatures int, err error) {
	log, err := note.NewVerifier(vkey)
	if err != nil {
		return tree, 0, err
	}
	known := []note.Verifier{log}
	if vkey, err := os.ReadFile(filepath.Join(dir, "witness")); err == nil {
		witness, err := newCosigner(strings.TrimSuffix(string(vkey), "\n"))
		if err != nil {
			return tree, 0, err
		}
		known = append(known, witness)
	}
	text, err := os.ReadFile(filepath.Join(dir, "checkpoint"))
	if err != nil {
		return tree, 0, err
	}
	opened, err := note.Open(text, note.VerifierList(known...))
	if err != nil {
		return tree, 0, err
	}
	if opened.Sigs[0].Name != log.Name() || len(opened.Sigs) != len(known) {
		return tree, 0, errors.New("checkpoint lacks a signature")
	}
	// tlog.ParseTree demands the first line of the Go checksum database.
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != log.Name() || lines[3] != "" {
		return tree, 0, errors.New("malformed checkpoint")
	}
	if tree.N, err = strconv.ParseInt(lines[1], 10, 64); err != nil {
		return tree, 0, err
	}
	tree.Hash, err = tlog.ParseHash(lines[2])
	return tree, len(opened.Sigs), err
}

// checkEntries proves each entry to be in the tree, and returns the hashes of a tree over them.
func checkEntries(dir string, tree tlog.Tree, hashes tlog.HashReader) (stored, error) {
	var own stored
	for first := int64(0); first < tree.N; first += 256 {
		entries, err := readBundle(dir, first, tree.N)
		if err != nil {
			return nil, err
		}
		for i, entry := range entries {
			index := first + int64(i)
			// FormatRecord would demand lines of text; an entry is hashed as it is.
			hash := tlog.RecordHash(entry)
			proof, err := tlog.ProveRecord(tree.N, index, hashes)
			if err != nil {
				return nil, fmt.Errorf("entry %d: %w", index, err)
			}
			if err := tlog.CheckRecord(proof, tree.N, tree.Hash, index, hash); err != nil {
				return nil, fmt.Errorf("entry %d: %w", index, err)
			}
			completed, err := tlog.StoredHashesForRecordHash(index, hash, own)
			if err != nil {
				return nil, err
			}
			own = append(own, completed...)
		}
	}
	root, err := tlog.TreeHash(tree.N, own)
	if err == nil && root != tree.Hash {
		err = errors.New("root of the entries is not the checkpoint's")
	}
	return own, err
}

func checkExtends(tree tlog.Tree, size int64, hashes tlog.HashReader, own stored) error {
	root, err := tlog.TreeHash(size, own)
	if err != nil {
		return err
	}
	proof, err := tlog.ProveTree(tree.N, size, hashes)
	if err != nil {
		return err
	}
	return tlog.CheckTree(proof, tree.N, tree.Hash, size, root)
}

func readBundle(dir string, first, size int64) ([][]byte, error) {
	tile := tlog.Tile{H: 8, L: -1, N: first / 256, W: 256}
	if size-first < 256 {
		tile.W = int(size - first)
	}
	path := strings.Replace(tile.Path(), "tile/8/data/", "tile/entries/", 1)
	data, err := os.ReadFile(filepath.Join(dir, path))
	if err != nil {
		return nil, err
	}
	var entries [][]byte
	for len(data) >= 2 {
		length := int(binary.BigEndian.Uint16(data))
		if len(data) < 2+length {
			return nil, errors.New("entry cut in " + path)
		}
		entries = append(entries, data[2:2+length])
		data = data[2+length:]
	}
	if len(entries) != tile.W || len(data) > 0 {
		return nil, errors.New("malformed " + path)
	}
	return entries, nil
}

// stored holds hashes in the linear order of tlog.StoredHashIndex.
type stored []tlog.Hash

func (s stored) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if index >= int64(len(s)) {
			return nil, errors.New("no such hash")
		}
		hashes[i] = s[index]
	}
	return hashes, nil
}

// tiles reads hash tiles under our paths, which lack the height that Go's have.
type tiles struct{ dir string }

func (t tiles) Height() int { return 8 }

func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(wanted))
	for i, tile := range wanted {
		bytes, err := t.read(tile)
		if errors.Is(err, os.ErrNotExist) && tile.W < 256 {
			// A log may drop a partial tile once the full one is out.
			full := tile
			full.W = 256
			if bytes, err = t.read(full); err == nil && len(bytes) == 256*tlog.HashSize {
				bytes = bytes[:tile.W*tlog.HashSize]
			}
		}
		if err != nil {
			return nil, err
		}
		data[i] = bytes
	}
	return data, nil
}

func (t tiles) read(tile tlog.Tile) ([]byte, error) {
	path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
	return os.ReadFile(filepath.Join(t.dir, path))
}

func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}

// cosigner verifies cosignature/v1 lines; the note package knows only plain Ed25519.
type cosigner struct {
	name string
	id   uint32
	key  ed25519.PublicKey
}

func newCosigner(vkey string) (c cosigner, err error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return c, errors.New("malformed witness key")
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 33 || key[0] != 4 {
		return c, errors.New("malformed witness key")
	}
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), key...))
	c = cosigner{parts[0], binary.BigEndian.Uint32(sum[:4]), key[1:]}
	if parts[1] != fmt.Sprintf("%08x", c.id) {
		err = errors.New("witness key has another id")
	}
	return c, err
}

func (c cosigner) Name() string    { return c.name }
func (c cosigner) KeyHash() uint32 { return c.id }

func (c cosigner) Verify(msg, sig []byte) bool {
	if len(sig) != 72 {
		return false
	}
	time := binary.BigEndian.Uint64(sig[:8])
	signed := append([]byte(fmt.Sprintf("cosignature/v1\ntime %d\n", time)), msg...)
	return ed25519.Verify(c.key, signed, sig[8:])
}
