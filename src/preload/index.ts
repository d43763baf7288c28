// The renderer sees only what is named here; the API comes with the desktop app.
export {};
