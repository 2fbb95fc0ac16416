// What the scripts that drive the official Node SDK share. What goes wrong is thrown; report prints the steps that went well.
import assert from 'node:assert/strict';
import okta from '@okta/okta-sdk-nodejs';

export const connect = (orgUrl, token) => new okta.Client({ orgUrl, token });

// all items of a list, page by page. A page that ends early with nothing on it is an empty item to this SDK's iterator; to
// its each it is the end.
export async function all(collection) {
  const items = [];
  for await (const item of await collection) if (item) items.push(item);
  return items;
}

export async function refused(call, status) {
  await assert.rejects(call, (error) => error.status === status);
}

const run = [];

export async function step(name, work) {
  await work();
  run.push(name);
}

export const report = () => console.log(run.join(', '));
