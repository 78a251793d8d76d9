package store

import (
	"bytes"
	"context"
	"crypto/sha256"
)

// checkSites compares the sites with their keys, and the visitors' tokens with
// their customers'.
func (tx *Tx) checkSites(ctx context.Context, report *Report) error {
	sites, err := tx.Sites()
	if err != nil {
		report.fault("sites: %v", err)
		return nil
	}
	logos := uint64(0)
	for i := range sites {
		if hasLogo := sites[i].Logo.Mark != ""; hasLogo != (tx.SiteLogo(sites[i].ID) != nil) {
			report.fault("site %s: its logo and what is said of it differ", sites[i].ID)
		} else if hasLogo {
			logos++
		}
		if owner, _ := readID(tx.bucket(bucketSitesKey).Get([]byte(sites[i].Key))); owner != sites[i].ID {
			report.fault("site %s: its key points at %s", sites[i].ID, owner)
		}
	}
	if kept := countKeys(tx, bucketSitesKey); kept != uint64(len(sites)) {
		report.fault("sites: %d keys for %d sites", kept, len(sites))
	}
	if kept := countKeys(tx, bucketSiteLogos); kept != logos {
		report.fault("sites: %d logos for %d sites with one", kept, logos)
	}
	visitors := uint64(0)
	err = tx.bucket(bucketVisitors).ForEach(func(k, _ []byte) error {
		visitors++
		if len(k) != sha256.Size {
			report.fault("visitor %x: not under a hash", k)
			return ctx.Err()
		}
		v, err := tx.Visitor([sha256.Size]byte(k))
		if err != nil || tx.bucket(bucketCustomerVisitors).Get(keyVisitor(&v)) == nil {
			report.fault("visitor %x: missing from the customer's: %v", k[:4], err)
		}
		return ctx.Err()
	})
	if kept := countKeys(tx, bucketCustomerVisitors); kept != visitors {
		report.fault("visitors: %d keys of customers for %d tokens", kept, visitors)
	}
	return err
}

// checkBlocks compares the blocks that end by themselves with the customers.
func (tx *Tx) checkBlocks(ctx context.Context, report *Report) error {
	ends := uint64(0)
	err := tx.bucket(bucketCustomers).ForEach(func(_, v []byte) error {
		c, err := decodeCustomer(v)
		if err != nil {
			return nil // told by checkCustomers
		}
		key := keyBlockEnd(&c)
		if key == nil {
			return ctx.Err()
		}
		ends++
		if found, _ := tx.bucket(bucketBlockEnds).Cursor().Seek(key); !bytes.Equal(found, key) {
			report.fault("customer %s: the end of the block is not kept", c.ID)
		}
		return ctx.Err()
	})
	if kept := countKeys(tx, bucketBlockEnds); kept != ends {
		report.fault("customers: %d ends of blocks kept for %d", kept, ends)
	}
	return err
}
