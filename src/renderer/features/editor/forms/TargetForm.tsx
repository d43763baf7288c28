import type { SelectOption } from '../../../ui/Select';
import { Select } from '../../../ui/Select';
import { editorActions, useEditor } from '../editor-store';
import { DocumentChoice, DocumentNumber, DocumentSwitch, DocumentText } from '../fields/DocumentFields';
import { RecordField } from '../fields/RecordField';
import { DocumentTemplate } from '../fields/TemplateField';
import { textAt, valueAt } from '../model/document-value';
import styles from './form.module.css';
import { HEADER_NAMES } from './header-names';
import { LineList } from './LineList';
import { FoldedSection, Section } from './Section';

const HTTP_VERSIONS: readonly SelectOption<string>[] = [
  { value: 'auto', label: 'Automatic', description: 'HTTP/1.1 with the fast client.' },
  { value: '1.1', label: 'HTTP/1.1' },
  { value: '2', label: 'HTTP/2', description: 'Needs https; uses the slower client.' },
];

const CONNECTIONS: readonly SelectOption<string>[] = [
  { value: 'per-node', label: 'One for each node', description: 'Like real devices.' },
  { value: 'shared', label: 'Shared pool', description: 'As many as the pool size for all nodes together.' },
];

const AUTHENTICATIONS: readonly SelectOption<string>[] = [
  { value: 'none', label: 'None' },
  { value: 'basic', label: 'Basic', description: 'User name and password.' },
  { value: 'bearer', label: 'Bearer token' },
];

const NEW_AUTHENTICATION: Record<string, unknown> = {
  none: undefined,
  basic: { kind: 'basic', username: '', password: '{{secret.PASSWORD}}' },
  bearer: { kind: 'bearer', token: '{{secret.API_TOKEN}}' },
};

const at = (...keys: string[]) => ['target', ...keys];

/** The backend and how it is reached: what everyone needs first, the rest folded. */
export function TargetForm() {
  const isShared = useEditor((state) => valueAt(state.document, at('connection')) === 'shared');
  const isSecure = useEditor((state) => /^https:/i.test(textAt(state.document, at('baseUrl'))));
  return (
    <>
      <DocumentText
        path={at('baseUrl')}
        placeholder="e.g. http://127.0.0.1:8090"
        hint="Address of the backend, and a path that all requests begin with, if there is one."
        type="url"
        mono
      />
      <div className={styles.row}>
        <DocumentChoice path={at('connection')} options={CONNECTIONS} fallback="per-node" />
        {isShared && <DocumentNumber path={at('poolSize')} placeholder="64" min={1} />}
      </div>
      <Section title="Headers of every request">
        <RecordField path={at('headers')} word="header" suggestions={HEADER_NAMES} />
      </Section>
      <Section title="Authentication">
        <AuthenticationFields />
      </Section>
      <FoldedSection id="target.connection" title="Connection and timeouts">
        <div className={styles.row}>
          <DocumentChoice path={at('http')} options={HTTP_VERSIONS} fallback="auto" />
          <DocumentNumber path={at('timeoutMs')} unit="ms" placeholder="60000" min={1} step={1000} />
          <DocumentNumber path={at('connectTimeoutMs')} unit="ms" placeholder="10000" min={1} step={1000} />
        </div>
        <DocumentSwitch path={at('keepAlive')} hint="Off: a new connection for each request." fallback />
        <DocumentSwitch path={at('cookies')} hint="Each node sends back the cookies it was given." fallback={false} />
      </FoldedSection>
      <FoldedSection id="target.tls" title="TLS" note={isSecure ? undefined : 'needs an https base URL'}>
        <DocumentSwitch
          path={at('tls', 'insecure')}
          hint="For backends with a self-signed certificate. Never for one that others reach."
          fallback={false}
        />
        <DocumentText path={at('tls', 'caFile')} hint="PEM, relative to the scenario's folder." mono optional />
        <div className={styles.row}>
          <DocumentText path={at('tls', 'certFile')} placeholder="e.g. client.pem" mono optional />
          <DocumentText path={at('tls', 'keyFile')} placeholder="e.g. client.key" mono optional />
        </div>
        <DocumentText path={at('tls', 'serverName')} hint="Sent and checked instead of the base URL's host." mono optional />
      </FoldedSection>
      <FoldedSection id="target.advanced" title="Advanced">
        <DocumentText path={at('proxy')} placeholder="e.g. http://proxy:3128" mono optional />
        <LineList path={at('localAddresses')} word="local address" newEntry={() => ''}>
          {(place, number) => (
            <DocumentText
              path={place}
              label={`Local address ${number}`}
              labelPlace="hidden"
              placeholder="e.g. 192.168.1.20"
              mono
            />
          )}
        </LineList>
        <p className={styles.note}>Local addresses are what connections come from; each gives some 28,000 ports.</p>
        <div className={styles.row}>
          <DocumentNumber path={at('maxHeaderBytes')} unit="bytes" placeholder="65536" min={1} />
          <DocumentNumber path={at('maxBodyBytes')} unit="bytes" placeholder="104857600" min={1} />
        </div>
      </FoldedSection>
    </>
  );
}

function AuthenticationFields() {
  const kind = useEditor((state) => textAt(state.document, at('auth', 'kind')) || 'none');
  const set = (key: string) => (text: string) => editorActions.setValue(at('auth', key), text, 'Change authentication');
  return (
    <>
      <Select
        label="Kind of authentication"
        labelPlace="hidden"
        value={kind}
        options={AUTHENTICATIONS}
        onChange={(next) => editorActions.setValue(at('auth'), NEW_AUTHENTICATION[next], 'Change authentication')}
      />
      {kind === 'basic' && (
        <div className={styles.row}>
          <DocumentTemplate path={at('auth', 'username')} onValue={set('username')} />
          <DocumentTemplate path={at('auth', 'password')} onValue={set('password')} />
        </div>
      )}
      {kind === 'bearer' && <DocumentTemplate path={at('auth', 'token')} onValue={set('token')} />}
      {kind !== 'none' && (
        <p className={styles.note}>
          Write secrets as {'{{secret.NAME}}'}: they come from the environment and are never stored in the scenario or a run.
        </p>
      )}
    </>
  );
}
