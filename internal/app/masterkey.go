package app

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// masterKey encrypts what the store and our own URLs must keep from others. The file that holds it is the one secret of
// an installation that no backup of the database contains.
type masterKey struct{ aead tink.AEAD }

// Seal encrypts plain for one context.
func (k masterKey) Seal(plain []byte, context string) ([]byte, error) {
	return k.aead.Encrypt(plain, []byte(context))
}

// Open decrypts what was sealed for the same context.
func (k masterKey) Open(sealed []byte, context string) ([]byte, error) {
	return k.aead.Decrypt(sealed, []byte(context))
}

// loadMasterKey reads the key file, a Tink keyset in JSON, or makes it when there is none.
func loadMasterKey(path string) (masterKey, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		data, err = makeMasterKey(path)
	}
	if err != nil {
		return masterKey{}, fmt.Errorf("master key: %w", err)
	}
	handle, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(data)))
	if err != nil {
		return masterKey{}, fmt.Errorf("master key: %s is no Tink keyset in JSON: %w", path, err)
	}
	primitive, err := aead.New(handle)
	if err != nil {
		return masterKey{}, fmt.Errorf("master key: %s holds no AEAD key: %w", path, err)
	}
	return masterKey{primitive}, nil
}

// makeMasterKey writes a new key and answers it. When another process was faster, its key counts.
func makeMasterKey(path string) ([]byte, error) {
	handle, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, err
	}
	var key bytes.Buffer
	if err := insecurecleartextkeyset.Write(handle, keyset.NewJSONWriter(&key)); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	// Written beside and linked into place: nobody ever reads half a key.
	f, err := os.CreateTemp(filepath.Dir(path), ".master.key-*")
	if err != nil {
		return nil, err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(key.Bytes())
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return nil, err
	}
	if err := os.Link(f.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	if err := syncFolder(filepath.Dir(path)); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}

// syncFolder keeps the names in a folder from being lost with the power.
func syncFolder(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
