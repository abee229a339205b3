using System.Text;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Fuzzing.Checks;
using HandshakeToMermaid.Fuzzing.Running;
using HandshakeToMermaid.Fuzzing.Structure;
using HandshakeToMermaid.Pipeline;
using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;
using HandshakeToMermaid.Protocols.Tls.Codec.Extensions;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Protocols.Tls.Facts;
using HandshakeToMermaid.Protocols.Tls.Verification;

namespace HandshakeToMermaid.Fuzzing.Targets;

/// <summary>Chains of certificates, OCSP responses and signed certificate timestamps: read, verified and matched against names.</summary>
internal sealed class CertificatesTarget : FuzzTarget
{
    private const byte Der = 0;
    private const byte Ocsp = 1;
    private const byte Timestamps = 2;
    private const byte Anchors = 3;
    private const byte Reference = 4;

    private static readonly Timestamp Seen = new(1_790_000_000_000_000_000);

    /// <inheritdoc/>
    public override string Name => "certificates";

    /// <inheritdoc/>
    public override string Summary => "chains, OCSP responses, timestamps, trust anchors: read and verified";

    /// <inheritdoc/>
    public override Grammar Grammar { get; } = Script.Of(tag => tag switch { Der or Ocsp => DerGrammar.Value, Timestamps => VectorGrammar.Guess, Anchors => TextGrammar.Lines, _ => null });

    /// <inheritdoc/>
    public override (long Fixed, long PerByte) Allocation => (4_000_000, 2_000);

    /// <inheritdoc/>
    public override int ShortRun => 250;

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Tokens { get; } =
        [[0x30, 0x80], [0x06, 0x03, 0x55, 0x1D, 0x11], [0x06, 0x03, 0x55, 0x1D, 0x1E], [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0A], [0x1E, 0x02, 0xD8, 0x00], [0x0C, 0x03, 0xE2, 0x80, 0xAE], [0x18, 0x0F, .. "99991231235959Z"u8], [0x17, 0x0D, .. "000230000000Z"u8], [0x01, 0x01, 0xFF], [0x02, 0x01, 0x80]];

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds(Material material)
    {
        var secrets = new SecretStore();
        KeyLog.Read(material.KeyLog, secrets);
        var found = new List<Diagnosis.DiagnosedConnection>();
        using (var source = CaptureReading.Open(material.File)) if (source is not null) new HandshakeAnalyzer(new AnalyzerOptions { Secrets = secrets, Threads = 1 }).Analyze(source, found.Add);
        foreach (var facts in found.SelectMany(c => c.Connection.Facts).OfType<TlsFacts>())
        {
            var chain = facts.ServerCertificates.Select(e => (Der, e.Certificate.Der.ToArray())).ToList();
            if (chain.Count > 0) yield return Script.Write([.. chain, (Reference, Encoding.ASCII.GetBytes(facts.ServerName ?? "www.example.com")), (Anchors, Pem(chain[^1].Item2))]);
            var client = facts.ClientCertificates.Select(e => (Der, e.Certificate.Der.ToArray())).ToList();
            if (client.Count > 0) yield return Script.Write(client);
            foreach (var entry in facts.ServerCertificates.SelectMany(e => e.Extensions).Where(e => e.Type.Code is 5 or 18))
                yield return Script.Write([.. chain, entry.Type.Code == 18 ? (Timestamps, entry.Data.ToArray()) : (Ocsp, entry.Data.Length > 4 ? entry.Data[4..].ToArray() : [])]);
            foreach (var status in facts.Messages.Select(m => m.Message).OfType<Protocols.Tls.Codec.Messages.CertificateStatus>()) yield return Script.Write([.. chain, (Ocsp, status.OcspResponse.ToArray())]);
        }
    }

    /// <inheritdoc/>
    public override void Run(byte[] input)
    {
        var items = Script.Read(input);
        Invariant.Same(Said(items), Said(items), "same answer twice");
    }

    private static string Said(List<(byte Tag, byte[] Bytes)> items)
    {
        var said = new StringBuilder();
        var chain = items.Where(i => i.Tag == Der).Select(i => Certificate.Read(i.Bytes)).ToList();
        foreach (var certificate in chain) Ask(certificate, said);
        var anchors = items.Where(i => i.Tag == Anchors).Select(i => TrustAnchors.Read(i.Bytes)).FirstOrDefault();
        if (chain.Count > 0)
        {
            foreach (var isServer in (bool[])[true, false])
            {
                var walked = CertificateChain.Walk(chain, isServer, anchors);
                said.AppendJoin(' ', walked.Faults).Append(walked.Trust).Append(walked.MissingIssuerName).Append(walked.NeedlessRoot).Append(walked.WeakKey).Append(walked.WeakSignatureAt(Seen)).Append(walked.ExpiredBy(Seen)).Append(walked.EarlyAt(Seen));
            }
        }

        foreach (var (tag, bytes) in items)
        {
            if (tag == Ocsp)
            {
                var response = OcspResponse.Read(bytes);
                said.Append(response.Fault).Append(response.ResponderId).Append(response.Signature).AppendJoin(' ', response.Responses).Append(OcspVerifier.Verify(response, chain, Seen));
                if (chain.Count > 0) said.Append(StapledStatus.Of(response, chain[0], default).Age);
            }

            if (tag == Timestamps) said.Append(Extension.Decode(new ExtensionType(18), bytes, MessagePlace.Certificate).Text);
            if (tag == Reference && chain.Count > 0) said.Append(ServerIdentity.Match(chain[0], Encoding.Latin1.GetString(bytes)));
            if (tag > Reference && chain.Count > 0) said.Append(SignatureVerifier.VerifyTls13(new SignatureScheme((ushort)((tag << 8) | 4)), chain[0].SubjectPublicKeyInfo.Span, bytes, bytes));
        }

        return said.ToString();
    }

    /// <summary>Every text and list of it, made twice: caches give what reading gives.</summary>
    private static void Ask(Certificate certificate, StringBuilder said)
    {
        for (var i = 0; i < 2; i++)
        {
            foreach (var property in Properties)
            {
                var value = property.GetValue(certificate);
                if (value is System.Collections.IEnumerable and not string) said.AppendJoin(' ', ((System.Collections.IEnumerable)value).Cast<object>());
                else if (value is not ReadOnlyMemory<byte>) said.Append(value);
            }
        }

        said.Append(SignatureVerifier.VerifyX509(certificate.SignatureAlgorithm.Span, certificate.SubjectPublicKeyInfo.Span, certificate.ToBeSigned.Span, certificate.SignatureValue.Span));
    }

    private static byte[] Pem(byte[] der) => Encoding.ASCII.GetBytes(System.Security.Cryptography.PemEncoding.WriteString("CERTIFICATE", der));

    private static readonly System.Reflection.PropertyInfo[] Properties = typeof(Certificate).GetProperties();
}
