// Loaded into a process of Nodeswarm (NODE_OPTIONS=--import=…): at each SIGUSR2 an error that nobody catches, and a promise that nobody waits for.

process.on('SIGUSR2', () => {
  void Promise.reject(new TypeError('a rejection that nobody caught'));
  throw new TypeError('an error that nobody caught');
});
