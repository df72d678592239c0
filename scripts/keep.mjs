// This file must be readable by very old versions of Node.js, to say that they are too old.
if (Number(process.versions.node.split('.')[0]) < 18) {
  console.error(
    'Relais needs Node.js 18 or later to start (it then brings its own). This one is ' +
      process.version +
      '.',
  );
  process.exit(1);
}
Promise.all([import('./lib/failure.mjs'), import('./lib/commands/keep.mjs')]).then(function (modules) {
  return modules[0].runMain(function () {
    return modules[1].main(process.argv.slice(2));
  });
});
