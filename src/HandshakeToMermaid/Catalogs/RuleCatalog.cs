using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Diagnosis.Rules;

namespace HandshakeToMermaid.Catalogs;

/// <summary>Every rule, causes before symptoms: of two findings of the same severity the earlier rule's leads.</summary>
internal sealed class RuleCatalog
{
    /// <summary>Makes the rules; for one thread at a time.</summary>
    /// <param name="witness">What the rules share.</param>
    /// <param name="modules">Whose rules join those of the library.</param>
    public RuleCatalog(RuleContext witness, IReadOnlyList<IProtocolModule> modules)
    {
        Inspections = [new CertificateInspection(witness)];
        Rules =
        [
            // The name was not found.
            new NameDoesNotExist(),
            new DnsServerFailure(),
            new DnsNoAnswer(),

            // The server was not reached.
            new PortClosed(),
            new Unreachable(),
            new DatagramUndelivered(),
            new SynUnanswered(),

            // Something on the way.
            new ResetInjected(witness),
            new PacketTooBig(),
            new LargeClientHelloLost(witness),
            new ServerFlightLost(witness),

            // The other end is not what it was taken for.
            new PlainTextFromTlsPort(witness),
            new PlainTextToTlsPort(witness),

            // What was offered and what was chosen.
            new InappropriateFallback(witness),
            new DowngradeDetected(witness),
            new NoCommonVersion(witness),
            new NoCommonAlpn(witness),
            new UnrecognizedName(witness),
            new NoCommonGroup(witness),
            new NoCommonSignatureScheme(witness),
            new NoCommonCipherSuite(witness),
            new EchRejected(witness),

            // Certificates, in the order in which their faults weigh.
            new PinMismatch(witness),
            new CertificateRevoked(witness),
            new SignatureInvalid(witness),
            new CertificateExpired(witness),
            new CertificateNotYetValid(witness),
            new CertificateSelfSigned(witness),
            new CertificateMissingIntermediate(witness),
            new CertificateNameMismatch(witness),
            new CertificateWeakKey(witness),
            new CertificateWeakSignature(witness),
            new CertificateKeyUsage(witness),
            new OcspStapleExpired(witness),
            new MustStapleMissing(witness),
            new CertificateUnknownAuthority(witness),
            new CertificateWrongOrder(witness),
            new ClientCertificateMissing(witness),
            new ClientCertificateRejected(witness),
            new FinishedInvalid(witness),

            // The upgrade to TLS was refused.
            new StartTlsRefused(),
            new ProxyRefused(),
            new TunnelCertificate(witness),
            new TunnelHandshakeFailed(),
            new EapRefused(),

            // The server said nothing.
            new ResetAfterClientHello(witness),
            new NoServerHello(witness),
            new NoAnswer(),

            // It works, but not as it should.
            new Ipv6FailedFirst(),
            new DnsRetried(),
            new ObsoleteVersion(witness),
            new WeakCipherSuite(witness),
            new CompressionEnabled(witness),
            new Retransmissions(),
            new SlowDns(),
            new SlowNetwork(),
            new SlowServer(witness),
            new SlowClient(witness),
            new NoCloseNotify(witness),

            // Worth knowing.
            new ResumptionRefused(witness),
            new HelloRetryCost(witness),
            new EarlyDataRejected(witness),

            // Of protocols that the caller brings.
            .. modules.SelectMany(m => m.CreateRules()),

            // Run only where no other rule found an error.
            new AlertNamed(witness),
            new ClosedEarly(witness),
            new ClosedWithoutRequest(witness),
        ];
    }

    /// <summary>The rules, in order.</summary>
    public IReadOnlyList<IRule> Rules { get; }

    /// <summary>What is looked at besides.</summary>
    public IReadOnlyList<IInspection> Inspections { get; }
}
