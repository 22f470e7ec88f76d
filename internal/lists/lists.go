// Package lists has what package slices lacks.
package lists

// Find returns the first element that ok holds of, or nil.
func Find[T any](list []T, ok func(*T) bool) *T {
	for i := range list {
		if ok(&list[i]) {
			return &list[i]
		}
	}
	return nil
}

// Map returns what each element becomes, in their order; an empty list, not nil, where there are none.
func Map[T, U any](list []T, of func(T) U) []U {
	out := make([]U, len(list))
	for i, v := range list {
		out[i] = of(v)
	}
	return out
}
