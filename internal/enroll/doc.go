// Package enroll is the life of a factor: a phone is enrolled, activated by a passcode or by an administrator, used to
// verify its user, replaced and taken away. Passcodes themselves are package verify's.
package enroll
