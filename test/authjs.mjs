// Signs in with Okta's own library, as the Sign-In Widget does: URL LOGIN PASSWORD PHONES NUMBER. Prints a line per step,
// and at the end the session token.
import { createRequire } from 'node:module';

// Its ES modules are for bundlers; Node takes the others.
const { OktaAuth } = createRequire(import.meta.url)('@okta/okta-auth-js');

const [url, username, password, phones, number] = process.argv.slice(2);
const auth = new OktaAuth({ issuer: `${url}/oauth2/default`, clientId: 'test', redirectUri: url });
const options = { warnBeforePasswordExpired: true, multiOptionalFactorEnroll: true };
const say = (...words) => process.stdout.write(words.join(' ') + '\n');
const refused = async (step, promise) => say(step, await promise.then((tx) => tx.status, (error) => error.errorCode));

await refused('wrong password:', auth.signInWithCredentials({ username, password: `${password}x`, options }));
let tx = await auth.signInWithCredentials({ username, password, options });
say('password:', tx.status, tx.factors.map((factor) => factor.profile.phoneNumber));
tx = await auth.tx.resume({ stateToken: tx.data.stateToken });
say('resumed:', tx.status);
tx = await tx.factors[0].verify();
say('sent:', tx.status, tx.factor.profile.phoneNumber);
await refused('sent again:', tx.resend('sms'));
await refused('wrong passcode:', tx.verify({ passCode: '0' }));
const message = await fetch(`${phones}/phones/${number}/messages/latest?wait=30s`);
tx = await tx.verify({ passCode: (await message.json()).code, rememberDevice: true });
say('passcode:', tx.status, tx.user.profile.login);

let again = await auth.signInWithCredentials({ username, password, options });
await again.cancel();
await refused('canceled:', auth.tx.resume({ stateToken: again.data.stateToken }));
say(tx.sessionToken);
