using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Facts;

namespace HandshakeToMermaid.Assertions;

/// <summary>The version agreed on is not older than another. DTLS counts as the version of TLS that it is based on (RFC 4347, 6347 and 9147, section 1).</summary>
internal sealed class MinVersionAssertion : TlsAssertion
{
    private readonly ProtocolVersion least;

    private MinVersionAssertion(ProtocolVersion least) => this.least = least;

    /// <inheritdoc/>
    public override string Name => "min-version";

    /// <inheritdoc/>
    public override string Expected => $"{least.Name} or later";

    /// <summary>Reads "1.2"; null where it is no version of TLS.</summary>
    public static MinVersionAssertion? Parse(string text) => text switch
    {
        "1.0" => new(ProtocolVersion.Tls10),
        "1.1" => new(ProtocolVersion.Tls11),
        "1.2" => new(ProtocolVersion.Tls12),
        "1.3" => new(ProtocolVersion.Tls13),
        _ => null,
    };

    /// <inheritdoc/>
    protected override AssertionResult Judge(Connection connection, TlsFacts facts)
    {
        if (facts.Version is not { } version) return AssertionResult.Undecided("no version was agreed on");
        return AssertionResult.Of(TlsOf(version) >= least.Code, version.Name, FrameOfServerHello(facts));
    }

    private static int TlsOf(ProtocolVersion version) => version.Code switch
    {
        0xFEFF => ProtocolVersion.Tls11.Code,
        0xFEFD => ProtocolVersion.Tls12.Code,
        _ when version.IsTls13 => ProtocolVersion.Tls13.Code,
        var code => code,
    };
}
