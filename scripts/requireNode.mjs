// Plain JavaScript, imported before every TypeScript script: an older Node cannot read those, and says so less clearly.
if (!process.features.typescript) {
  console.error(
    `Sluice's scripts need Node 22.18 or newer (this is ${process.versions.node}). ` +
      'On Linux x64 it comes with the install; elsewhere install it yourself.',
  );
  process.exit(1);
}
