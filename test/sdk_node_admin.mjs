// Drives the official Node SDK through what an administrator does beside telephony: URL, token, address that halts (see
// halting in sdk_admin_test.go), session token of somebody who signed in.
import assert from 'node:assert/strict';
import { all, connect, refused, report, step } from './sdk_node_steps.mjs';

const [orgUrl, token, halting, sessionToken] = process.argv.slice(2);
const client = connect(orgUrl, token);

async function person(login) {
  return client.userApi.createUser({ body: { profile: { login, email: login, firstName: 'Node', lastName: 'Person' } } });
}

await step('users', async () => {
  const api = client.userApi;
  const made = await api.createUser({
    activate: false, body: { profile: { login: 'life@node.example', email: 'life@node.example' }, credentials: { password: { value: 'correct horse' } } },
  });
  const id = { userId: made.id };
  const is = async (status) => assert.equal((await api.getUser(id)).status, status);
  await is('STAGED');
  await api.activateUser({ ...id, sendEmail: false });
  await is('ACTIVE');
  const updated = await api.updateUser({ ...id, user: { profile: { department: 'Sales' } } });
  assert.equal(updated.profile.department, 'Sales');
  const replaced = await api.replaceUser({ ...id, user: { profile: { login: 'life@node.example', email: 'life@node.example' } } });
  assert.equal(replaced.profile.department ?? null, null);
  await refused(api.replaceUser({ ...id, ifMatch: '"of another time"', user: { profile: { login: 'x@node.example', email: 'x@node.example' } } }), 412);
  await api.suspendUser(id);
  await is('SUSPENDED');
  await api.unsuspendUser(id);
  await api.expirePassword(id);
  await is('PASSWORD_EXPIRED');
  const reset = await api.generateResetPasswordToken({ ...id, sendEmail: false });
  assert.match(reset.resetPasswordUrl, /^http/);
  await is('RECOVERY');
  await api.reactivateUser({ ...id, sendEmail: false });
  await refused(api.unlockUser(id), 403);
  await api.resetFactors(id);
  await api.deactivateUser(id);
  await is('DEPROVISIONED');
  await api.deleteUser(id);
  await refused(api.getUser(id), 404);
});

await step('pages', async () => {
  for (let i = 0; i < 5; i++) await person(`page${i}@node.example`);
  const search = { search: 'profile.login sw "page"', limit: 2 };
  assert.equal((await all(client.userApi.listUsers(search))).length, 5);
  assert.equal((await all(client.userApi.listUsers({ q: 'page3' }))).length, 1);
  assert.equal((await all(client.userApi.listUsers({ filter: 'profile.login eq "page3@node.example"' }))).length, 1);
  // A page ends early, with nothing on it.
  assert.equal((await all(connect(halting, token).userApi.listUsers(search))).length, 5);
});

await step('roles', async () => {
  const api = client.roleAssignmentApi;
  const userId = (await person('roles@node.example')).id;
  for (const type of ['SUPER_ADMIN', 'READ_ONLY_ADMIN', 'HELP_DESK_ADMIN']) {
    const made = await api.assignRoleToUser({ userId, assignRoleRequest: { type } });
    assert.equal((await api.getUserAssignedRole({ userId, roleId: made.id })).type, type);
    assert.equal((await all(api.listAssignedRolesForUser({ userId }))).length, 1);
    await api.unassignRoleFromUser({ userId, roleId: made.id });
  }
});

await step('tokens', async () => {
  const api = client.apiTokenApi;
  const answer = await fetch(`${orgUrl}/api/v1/api-tokens`, {
    method: 'POST', headers: { authorization: `SSWS ${token}`, 'content-type': 'application/json' }, body: '{"name":"node"}',
  });
  const { apiToken, token: own } = await answer.json();
  assert.equal((await api.getApiToken({ apiTokenId: apiToken.id })).name, 'node');
  assert.ok((await all(api.listApiTokens())).some((t) => t.id === apiToken.id));
  await connect(orgUrl, own).apiTokenApi.revokeCurrentApiToken();
  await refused(api.revokeApiToken({ apiTokenId: apiToken.id }), 404);
});

await step('sessions', async () => {
  const api = client.sessionApi;
  const made = await api.createSession({ createSessionRequest: { sessionToken } });
  assert.equal((await api.getSession({ sessionId: made.id })).userId, made.userId);
  await api.refreshSession({ sessionId: made.id });
  await api.revokeSession({ sessionId: made.id });
  await refused(api.getSession({ sessionId: made.id }), 404);
  await client.userApi.revokeUserSessions({ userId: made.userId });
});

await step('org', async () => {
  const api = client.orgSettingApi;
  const before = await api.getOrgSettings();
  await api.updateOrgSettings({ OrgSetting: { companyName: 'Acme' } });
  assert.equal((await api.getOrgSettings()).companyName, 'Acme');
  await api.replaceOrgSettings({ OrgSetting: { companyName: before.companyName } });
  assert.equal((await api.getWellknownOrgMetadata()).pipeline, 'idx');
});

await step('origins', async () => {
  const api = client.trustedOriginApi;
  const trustedOrigin = { name: 'Node', origin: 'https://node.example.com', scopes: [{ type: 'CORS' }] };
  const made = await api.createTrustedOrigin({ trustedOrigin });
  const id = { trustedOriginId: made.id };
  assert.equal((await api.getTrustedOrigin(id)).origin, trustedOrigin.origin);
  assert.ok((await all(api.listTrustedOrigins())).some((o) => o.id === made.id));
  assert.equal((await api.replaceTrustedOrigin({ ...id, trustedOrigin: { ...trustedOrigin, name: 'Other' } })).name, 'Other');
  await api.deactivateTrustedOrigin(id);
  await api.activateTrustedOrigin(id);
  await api.deleteTrustedOrigin(id);
});

await step('log', async () => {
  const api = client.systemLogApi;
  const hour = 3600e3;
  const bounded = { since: new Date(Date.now() - hour).toISOString(), until: new Date(Date.now() + hour).toISOString(), limit: 7 };
  const whole = await all(api.listLogEvents(bounded));
  assert.ok(whole.length > 20, `${whole.length} events`);
  assert.equal(new Set(whole.map((e) => e.uuid)).size, whole.length);
  const again = await all(connect(halting, token).systemLogApi.listLogEvents(bounded));
  assert.ok(again.length >= whole.length);
  const created = await all(api.listLogEvents({ ...bounded, limit: 1000, filter: 'eventType eq "user.lifecycle.create" and target.alternateId sw "page"' }));
  assert.equal(created.length, 5);
  assert.ok((await all(api.listLogEvents({ ...bounded, q: 'page3@node.example' }))).length > 0);
  const polled = []; // a poll has always a next page; each ends where nothing is left
  await (await api.listLogEvents({ limit: 1000 })).each((event) => { polled.push(event); });
  assert.ok(polled.length >= whole.length);
});

report();
