// An OpenID Connect issuer on loopback, which lets in whoever presses the button of its page.
import { createHash, createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const encoded = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

function signed(claims) {
  const said = `${encoded({ alg: 'RS256', typ: 'JWT', kid: 'play' })}.${encoded(claims)}`;
  return `${said}.${createSign('RSA-SHA256').update(said).sign(privateKey).toString('base64url')}`;
}

async function form(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return new URLSearchParams(Buffer.concat(parts).toString());
}

export class Issuer {
  /** What its tokens say of whoever comes. */
  claims = {};

  #codes = new Map();

  static async start() {
    const issuer = new Issuer();
    issuer.server = createServer((request, response) => issuer.#answer(request, response));
    await new Promise((listens) => issuer.server.listen(0, '127.0.0.1', listens));
    issuer.url = `http://127.0.0.1:${issuer.server.address().port}`;
    return issuer;
  }

  stop() {
    this.server.close();
    this.server.closeAllConnections();
  }

  /** The settings of a server whose people sign in here (docs/sso.md). */
  settings() {
    return {
      issuers: [{
        issuer: this.url, audience: 'rapporteur', role: { claim: 'roles', values: { Officer: 'officer' } },
        browser: { name: 'staff', client_id: 'rapporteur-web', label: { en: 'Secretariat staff', fr: 'Personnel' } },
      }],
    };
  }

  async #answer(request, response) {
    const { pathname, searchParams } = new URL(request.url, this.url);
    const json = (body, status = 200) => response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    switch (pathname) {
      case '/.well-known/openid-configuration':
        return json({
          issuer: this.url, authorization_endpoint: `${this.url}/authorize`, token_endpoint: `${this.url}/token`, jwks_uri: `${this.url}/keys`,
          response_types_supported: ['code'], subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['RS256'],
          token_endpoint_auth_methods_supported: ['none'], authorization_response_iss_parameter_supported: true,
        });
      case '/keys':
        return json({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'play', use: 'sig', alg: 'RS256' }] });
      case '/authorize': {
        const asked = Object.fromEntries(searchParams);
        const code = randomUUID();
        this.#codes.set(code, asked);
        const back = (answer) => `${asked.redirect_uri}?${new URLSearchParams({ state: asked.state, iss: this.url, ...answer })}`.replaceAll('&', '&amp;');
        return response.writeHead(200, { 'Content-Type': 'text/html' })
          .end(`<!doctype html><title>Issuer</title><a href="${back({ code })}">Let me in</a> <a href="${back({ error: 'access_denied' })}">Cancel</a>`);
      }
      case '/token':
        return this.#exchange(await form(request), json);
      default:
        return json({}, 404);
    }
  }

  #exchange(sent, json) {
    const asked = this.#codes.get(sent.get('code'));
    this.#codes.delete(sent.get('code'));
    const challenge = createHash('sha256').update(sent.get('code_verifier') ?? '').digest('base64url');
    if (asked?.code_challenge !== challenge || asked.redirect_uri !== sent.get('redirect_uri') || asked.client_id !== sent.get('client_id')) {
      return json({ error: 'invalid_grant' }, 400);
    }
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: this.url, aud: asked.client_id, sub: 'play', iat: now, exp: now + 300, nonce: asked.nonce, ...this.claims };
    return json({ access_token: randomUUID(), token_type: 'Bearer', id_token: signed(claims) });
  }
}
