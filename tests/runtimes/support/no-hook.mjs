// `node --import` of this file changes nothing.
