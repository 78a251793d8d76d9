//go:build !unix

package upload_test

import "errors"

func limitFileSize(uint64) error { return errors.ErrUnsupported }
