package private

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unsafe"

	"golang.org/x/sys/windows"
)

// Mkdir makes a folder that its owner and the system alone may enter, and so what will be in it.
func Mkdir(path string) error {
	sa, err := attributes("OICI")
	if err == nil {
		var name *uint16
		if name, err = long(path); err == nil {
			err = windows.CreateDirectory(name, sa)
		}
	}
	if err != nil {
		return &fs.PathError{Op: "mkdir", Path: path, Err: err}
	}
	return nil
}

// Create makes a file that its owner and the system alone may open. What exists is not touched: the error then
// is fs.ErrExist.
func Create(path string) (*os.File, error) {
	h, err := CreateFile(path, windows.GENERIC_READ|windows.GENERIC_WRITE, windows.FILE_SHARE_READ|windows.FILE_SHARE_WRITE,
		windows.CREATE_NEW, windows.FILE_ATTRIBUTE_NORMAL)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: path, Err: err}
	}
	return os.NewFile(uintptr(h), path), nil
}

// CreateFile is that of Windows, for the owner alone where it makes a file.
func CreateFile(path string, access, share, disposition, flags uint32) (windows.Handle, error) {
	sa, err := attributes("")
	if err != nil {
		return 0, err
	}
	name, err := long(path)
	if err != nil {
		return 0, err
	}
	return windows.CreateFile(name, access, share, sa, disposition, flags, 0)
}

// MkdirClosed makes a folder that others cannot enter before [Share]. Here they can: what is private in it is so by
// itself, since an access list that was closed does not open again the same way everywhere.
func MkdirClosed(path string) error { return os.Mkdir(path, 0o755) }

// Share opens a folder to all who may enter the one above it.
func Share(string) error { return nil }

// Others says who but the owner, the system and the administrators, who can take everything, may use a file or
// folder, "" where nobody may.
func Others(path string, _ fs.FileInfo) (string, error) {
	sd, err := windows.GetNamedSecurityInfo(absolute(path), windows.SE_FILE_OBJECT, windows.DACL_SECURITY_INFORMATION|windows.OWNER_SECURITY_INFORMATION)
	if err != nil {
		return "", err
	}
	mine, err := trusted(sd)
	if err != nil {
		return "", err
	}
	acl, _, err := sd.DACL()
	if err != nil || acl == nil {
		return "everybody", nil //nolint:nilerr // no list at all lets everybody in
	}
	var names []string
	for i := range acl.AceCount {
		var ace *windows.ACCESS_ALLOWED_ACE
		if err := windows.GetAce(acl, uint32(i), &ace); err != nil {
			return "", err
		}
		if ace.Header.AceType == windows.ACCESS_DENIED_ACE_TYPE || ace.Header.AceFlags&windows.INHERIT_ONLY_ACE != 0 || ace.Mask == 0 {
			continue
		}
		sid := (*windows.SID)(unsafe.Pointer(&ace.SidStart))
		if ace.Header.AceType != windows.ACCESS_ALLOWED_ACE_TYPE {
			names = append(names, "others") // an entry with conditions
		} else if !slices.ContainsFunc(mine, sid.Equals) {
			names = append(names, account(sid))
		}
	}
	slices.Sort(names)
	return strings.Join(slices.Compact(names), ", "), nil
}

// trusted are those who may use what is private.
func trusted(sd *windows.SECURITY_DESCRIPTOR) ([]*windows.SID, error) {
	user, err := windows.GetCurrentProcessToken().GetTokenUser()
	if err != nil {
		return nil, err
	}
	sids := []*windows.SID{user.User.Sid}
	for _, known := range []windows.WELL_KNOWN_SID_TYPE{windows.WinLocalSystemSid, windows.WinBuiltinAdministratorsSid, windows.WinCreatorOwnerRightsSid} {
		sid, err := windows.CreateWellKnownSid(known)
		if err != nil {
			return nil, err
		}
		sids = append(sids, sid)
	}
	return sids, nil
}

// account is the name of an account, or its number where it has none.
func account(sid *windows.SID) string {
	name, _, _, err := sid.LookupAccount("")
	if err != nil {
		return sid.String()
	}
	return name
}

// Remedy is the command that makes a file or folder its owner's alone.
func Remedy(path string, info fs.FileInfo) string {
	rights := "F"
	if info.IsDir() {
		rights = "(OI)(CI)F"
	}
	return fmt.Sprintf(`icacls "%s" /inheritance:r /grant:r "%%USERNAME%%:%s" SYSTEM:%s`, path, rights, rights)
}

// attributes let the user of this process and the system in, and nobody else, whatever the folder above says.
func attributes(inherit string) (*windows.SecurityAttributes, error) {
	user, err := windows.GetCurrentProcessToken().GetTokenUser()
	if err != nil {
		return nil, err
	}
	sd, err := windows.SecurityDescriptorFromString(fmt.Sprintf("D:P(A;%s;FA;;;%s)(A;%s;FA;;;SY)", inherit, user.User.Sid, inherit))
	if err != nil {
		return nil, err
	}
	sa := &windows.SecurityAttributes{SecurityDescriptor: sd}
	sa.Length = uint32(unsafe.Sizeof(*sa))
	return sa, nil
}

// long is a path as the system takes it at any length.
func long(path string) (*uint16, error) { return windows.UTF16PtrFromString(absolute(path)) }

// maxPath is the length from which a path needs a prefix; folders leave room for a short name of a file in them.
const maxPath = 248

func absolute(path string) string {
	if len(path) < maxPath && filepath.IsAbs(path) || strings.HasPrefix(path, `\\?\`) {
		return path
	}
	full, err := filepath.Abs(path)
	switch {
	case err != nil || len(full) < maxPath:
		return path
	case strings.HasPrefix(full, `\\`):
		return `\\?\UNC\` + full[2:]
	}
	return `\\?\` + full
}
