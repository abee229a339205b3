using System.Globalization;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Protocols.Tls.Facts;

namespace HandshakeToMermaid.Assertions;

/// <summary>The TLS handshake, over whatever carries it, took no longer.</summary>
internal sealed class MaxTlsTimeAssertion(decimal milliseconds) : TlsAssertion
{
    /// <inheritdoc/>
    public override string Name => "max-tls-ms";

    /// <inheritdoc/>
    public override string Expected => string.Create(CultureInfo.InvariantCulture, $"at most {milliseconds} ms");

    /// <inheritdoc/>
    protected override bool NeedsTls => false;

    /// <inheritdoc/>
    protected override AssertionResult Judge(Connection connection, TlsFacts facts)
    {
        if ((connection.Timing.Tls ?? connection.Timing.HandshakeTime?.Length) is not { } took) return AssertionResult.Undecided("the handshake was not completed, or its beginning was not captured");
        var found = took.Nanoseconds / 1_000_000m;
        return AssertionResult.Of(found <= milliseconds, string.Create(CultureInfo.InvariantCulture, $"{found:0.###} ms"), connection.SessionHandshake?.Done is { IsSet: true } done ? done.Frame : null);
    }
}
