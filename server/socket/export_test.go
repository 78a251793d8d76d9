package socket

// Forget lets tests see what is dropped before an upgrade.
var Forget = forget
