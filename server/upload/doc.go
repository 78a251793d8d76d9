// Package upload takes files in, judges them, keeps their bytes and sends them
// out again. Who may do so, and which attachment a file belongs to, is decided
// elsewhere: here an upload is an id and a size, and a kept file is its SHA-256.
//
// The bytes lie in one folder beside the store:
//
//	files/                       0700, files in it 0600
//	    tmp/<id>/<n>             part n of an upload, whole and synced
//	    tmp/<id>/new-*           a part or a whole file on its way
//	    3f/3fa9…                 a kept file, named by its SHA-256 in hexadecimal
//
// A name below tmp/<id> or 3f only ever appears by a rename of something whole
// that is on the disk already, so after a crash every name tells the truth. What a
// crash leaves over is removed by Sweep.
//
// Nothing that a customer or an agent sends can run in our page: a file is
// accepted as a picture, sound or video only when its name, the sender's word and
// its bytes agree, only those are ever shown in place, and everything else leaves
// as bytes to be saved.
package upload
