// Package lookup finds things in lists.
package lookup

// In returns the first element of a list that ok holds of, or nil.
func In[T any](list []T, ok func(*T) bool) *T {
	for i := range list {
		if ok(&list[i]) {
			return &list[i]
		}
	}
	return nil
}
