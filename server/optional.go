package server

import (
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"parley/desk"
)

// optional is a parameter of a query whose zero means something else than its
// absence. It implements huma.ParamWrapper, huma.ParamReactor and
// huma.SchemaProvider.
type optional[T any] struct {
	Value T
	isSet bool
}

// moment is a parameter of a query that is a time; zero is its absence. Bare, a time
// would be read as the number that it is kept as.
type moment struct{ desk.Time }

// given is the time that the request says, or nil.
func (m *moment) given() *desk.Time {
	if m.IsZero() {
		return nil
	}
	return &m.Time
}

// given is what the request says, or nil.
func (o *optional[T]) given() *T {
	if !o.isSet {
		return nil
	}
	return &o.Value
}

// Schema describes the value.
func (o optional[T]) Schema(r huma.Registry) *huma.Schema {
	return huma.SchemaFromType(r, reflect.TypeFor[T]())
}

// Receiver is where the value goes.
func (o *optional[T]) Receiver() reflect.Value { return reflect.ValueOf(&o.Value).Elem() }

// OnParamSet is told whether the request has the parameter.
func (o *optional[T]) OnParamSet(isSet bool, _ any) { o.isSet = isSet }
