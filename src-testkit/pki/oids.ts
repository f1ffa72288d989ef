/** Object identifiers that a UZI-shaped certificate is made of (RFC 5280, ETSI EN 319 412-5, CIBG's CPS). */
export const OID = {
  countryName: "2.5.4.6",
  organizationName: "2.5.4.10",
  organizationIdentifier: "2.5.4.97",
  title: "2.5.4.12",
  surname: "2.5.4.4",
  givenName: "2.5.4.42",
  serialNumber: "2.5.4.5",
  commonName: "2.5.4.3",
  /** userClass: the type of the otherName that carries the UZI name. */
  uziName: "2.5.5.5",
  userPrincipalName: "1.3.6.1.4.1.311.20.2.3",

  subjectKeyIdentifier: "2.5.29.14",
  keyUsage: "2.5.29.15",
  subjectAltName: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  cRLNumber: "2.5.29.20",
  reasonCode: "2.5.29.21",
  cRLDistributionPoints: "2.5.29.31",
  certificatePolicies: "2.5.29.32",
  authorityKeyIdentifier: "2.5.29.35",
  extendedKeyUsage: "2.5.29.37",
  expiredCertsOnCRL: "2.5.29.60",
  authorityInfoAccess: "1.3.6.1.5.5.7.1.1",
  qcStatements: "1.3.6.1.5.5.7.1.3",

  cpsUri: "1.3.6.1.5.5.7.2.1",
  userNotice: "1.3.6.1.5.5.7.2.2",
  ocsp: "1.3.6.1.5.5.7.48.1",
  caIssuers: "1.3.6.1.5.5.7.48.2",

  clientAuth: "1.3.6.1.5.5.7.3.2",
  emailProtection: "1.3.6.1.5.5.7.3.4",
  ocspSigning: "1.3.6.1.5.5.7.3.9",
  microsoftDocumentSigning: "1.3.6.1.4.1.311.10.3.12",
  microsoftEncryptedFiles: "1.3.6.1.4.1.311.10.3.4",

  qcCompliance: "0.4.0.1862.1.1",
  qcSscd: "0.4.0.1862.1.4",
  qcPds: "0.4.0.1862.1.5",
  qcType: "0.4.0.1862.1.6",
  qcTypeEsign: "0.4.0.1862.1.6.1",
} as const

/** CIBG's TEST environment: the numbers that a test profile of trust knows, and production does not. */
export const TEST_ENVIRONMENT = {
  zorgverlenerCa: "2.16.528.1.1007.99.217",
  medewerkerOpNaamCa: "2.16.528.1.1007.99.218",
  authenticiteitPolicy: "2.16.528.1.1007.99.211",
  handtekeningPolicy: "2.16.528.1.1007.99.212",
  vertrouwelijkheidPolicy: "2.16.528.1.1007.99.213",
} as const
