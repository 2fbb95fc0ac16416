// Drives the official Node SDK: URL, token, address of a telephony hook, address of the simulated phones, user. It leaves
// the org without an active provider. What goes wrong is thrown.
import assert from 'node:assert/strict';
import { all, connect, refused, report, step } from './sdk_node_steps.mjs';

const [orgUrl, token, hookURL, phones, userId] = process.argv.slice(2);
const client = connect(orgUrl, token);

async function latest(number, after = '') {
  const answer = await fetch(`${phones}/phones/${encodeURIComponent(number)}/messages/latest?wait=20s&after=${after}`);
  return answer.json();
}

await step('templates', async () => {
  const api = client.templateApi;
  const made = await api.createSmsTemplate({
    smsTemplate: { name: 'Custom', type: 'SMS_VERIFY_CODE', template: '${org.name}: ${code}', translations: { es: '${code} es el código' } },
  });
  assert.equal((await api.getSmsTemplate({ templateId: made.id })).template, made.template);
  assert.ok((await all(api.listSmsTemplates({ templateType: 'SMS_VERIFY_CODE' }))).some((t) => t.id === made.id));
  const updated = await api.updateSmsTemplate({ templateId: made.id, smsTemplate: { translations: { de: '${code} ist der Code' } } });
  assert.equal(updated.template, made.template);
  const replaced = await api.replaceSmsTemplate({ templateId: made.id, smsTemplate: { name: 'Custom', type: 'SMS_VERIFY_CODE', template: 'Your code: ${code}' } });
  assert.equal(replaced.template, 'Your code: ${code}');
  await api.deleteSmsTemplate({ templateId: made.id });
  await refused(api.getSmsTemplate({ templateId: made.id }), 404);
});

await step('factors', async () => {
  const api = client.userFactorApi;
  assert.equal((await all(api.listSupportedFactors({ userId }))).length, 2);
  const made = await api.enrollFactor({
    userId, updatePhone: true, tokenLifetimeSeconds: 200, acceptLanguage: 'de',
    body: { factorType: 'sms', provider: 'OKTA', profile: { phoneNumber: '+12025550161' } },
  });
  assert.equal(made.status, 'PENDING_ACTIVATION');
  const { code } = await latest('+12025550161');
  const active = await api.activateFactor({ userId, factorId: made.id, body: { passCode: code } });
  assert.equal(active.status, 'ACTIVE');
  assert.equal((await api.getFactor({ userId, factorId: made.id })).id, made.id);
  assert.equal((await all(api.listFactors({ userId }))).length, 1);
  await refused(api.verifyFactor({ userId, factorId: made.id, body: { passCode: '000000' } }), 403);
  const vouched = await api.enrollFactor({
    userId, activate: true, body: { factorType: 'call', provider: 'OKTA', profile: { phoneNumber: '+12025550162', phoneExtension: '42' } },
  });
  assert.equal((await api.verifyFactor({ userId, factorId: vouched.id })).factorResult, 'CHALLENGE');
  const call = await latest('+12025550162');
  assert.equal((await api.verifyFactor({ userId, factorId: vouched.id, body: { passCode: call.code } })).factorResult, 'SUCCESS');
  await api.unenrollFactor({ userId, factorId: vouched.id });
  await api.unenrollFactor({ userId, factorId: made.id });
});

await step('authenticators', async () => {
  const api = client.authenticatorApi;
  const [phone] = await all(api.listAuthenticators());
  const id = { authenticatorId: phone.id };
  assert.equal((await api.getAuthenticator(id)).key, 'phone_number');
  await api.replaceAuthenticator({ ...id, authenticator: { key: 'phone_number', name: 'Phone', settings: { allowedFor: 'any' } } });
  await api.deactivateAuthenticator(id);
  await api.activateAuthenticator(id);
  assert.equal((await all(api.listAuthenticatorMethods(id))).length, 2);
  const sms = { ...id, methodType: 'sms' };
  await api.deactivateAuthenticatorMethod(sms);
  await api.activateAuthenticatorMethod(sms);
  assert.equal((await api.getAuthenticatorMethod(sms)).status, 'ACTIVE');
  await api.replaceAuthenticatorMethod({ ...sms, authenticatorMethodBase: { type: 'sms', status: 'ACTIVE' } });
  await refused(api.createAuthenticator({ authenticator: { key: 'phone_number', name: 'Phone' } }), 400);

  const enrollments = client.userAuthenticatorEnrollmentsApi;
  const made = await enrollments.createAuthenticatorEnrollment({ userId, authenticator: { authenticatorId: phone.id, profile: { phoneNumber: '+12025550163' } } });
  assert.equal(made.profile.phoneNumber, '+1 XXX-XXX-0163');
  assert.equal((await enrollments.getAuthenticatorEnrollment({ userId, enrollmentId: made.id })).id, made.id);
  await enrollments.listAuthenticatorEnrollments({ userId });
  await enrollments.deleteAuthenticatorEnrollment({ userId, enrollmentId: made.id });
});

await step('telephony providers', async () => {
  const api = client.customTelephonyProviderApi;
  const has = await api.listAllCustomTelephonyProviderCredentials();
  const by = (name) => ({ customTelephonyProviderId: has.find((p) => p.providerName === name).id });
  const [twilio, telesign] = [by('TWILIO'), by('TELESIGN')];
  assert.equal((await api.getCustomTelephonyProviderCredential(twilio)).isPrimaryProvider, true);
  assert.equal((await api.setAsPrimaryCustomTelephonyCredential(telesign)).isPrimaryProvider, true);
  await refused(api.deactivateCustomTelephonyCredential(telesign), 400);
  await api.sendTestCustomTelephonyProviderCredential({
    ...twilio, customTelephonyProviderCredentialSendTestRequest: { factor: 'SMS', phoneNumber: '+12025550164', countryCodeIso2: 'US' },
  });
  assert.match((await latest('+12025550164')).text, /\d{6}/);
  await api.deactivateCustomTelephonyCredential(twilio);
  await api.deactivateCustomTelephonyCredential(telesign);
  await api.activateCustomTelephonyCredential(twilio);
  await api.updateCustomTelephonyProviderCredential({
    ...twilio, customTelephonyProviderCredentialUpdateRequest: { providerSettings: { call: { twilioPhoneNumber: '+15005550006' } } },
  });
  await api.deactivateCustomTelephonyCredential(twilio);
  await api.deleteCustomTelephonyProviderCredential(twilio);
  const made = await api.createCustomTelephonyProviderCredentials({
    customTelephonyProviderCredentialCreateRequest: {
      providerName: 'TWILIO', providerSid: 'AC00000000000000000000000000000001', providerAuthToken: 'simulator-twilio-token',
      providerCapability: 'ALL', providerSettings: { sms: { twilioPhoneNumber: '+15005550006' } },
    },
  });
  assert.equal(made.providerAuthToken, undefined);
});

await step('hooks', async () => {
  const api = client.inlineHookApi;
  const inlineHook = {
    name: 'Mine', type: 'com.okta.telephony.provider', version: '1.0.0',
    channel: { type: 'HTTP', version: '1.0.0', config: {
      uri: hookURL, method: 'POST', headers: [{ key: 'X-Region', value: 'eu' }], authScheme: { type: 'HEADER', key: 'Authorization', value: 'hook-secret' },
    } },
  };
  const made = await api.createInlineHook({ inlineHook });
  assert.equal(made.status, 'ACTIVE');
  const id = { inlineHookId: made.id };
  assert.equal((await api.getInlineHook(id)).channel.config.uri, hookURL);
  assert.equal((await all(api.listInlineHooks({ type: 'com.okta.telephony.provider' }))).length, 1);
  assert.equal((await api.updateInlineHook({ ...id, inlineHook: { ...inlineHook, name: 'Other' } })).name, 'Other');
  await api.replaceInlineHook({ ...id, inlineHook });
  assert.equal((await api.executeInlineHook({ ...id, payloadData: { eventType: 'com.okta.telephony.provider' } })).commands.length, 1);
  await api.deactivateInlineHook(id);
  await api.activateInlineHook(id);
  await refused(api.deleteInlineHook(id), 400);
  await api.deactivateInlineHook(id);
  await api.deleteInlineHook(id);
});

report();
