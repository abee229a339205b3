using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Tls.Steps;

/// <summary>
/// A cleartext heartbeat (RFC 6520 section 4): <c>HeartbeatMessageType type; uint16 payload_length; opaque payload[payload_length]; opaque padding[]</c>.
/// One that declares more than it holds is how Heartbleed (CVE-2014-0160) is tried.
/// </summary>
internal sealed class HeartbeatStep : Step
{
    /// <summary>1 is a request, 2 a response.</summary>
    public required byte Kind { get; init; }

    /// <summary>Bytes of payload as declared.</summary>
    public required int DeclaredLength { get; init; }

    /// <summary>Bytes of payload and padding that are there.</summary>
    public required int HeldLength { get; init; }

    /// <summary>True where more is declared than is there.</summary>
    public bool IsOverlong => DeclaredLength > HeldLength;

    /// <inheritdoc/>
    public override Phase Phase => Phase.Tls;

    /// <inheritdoc/>
    public override string Title => Kind == 2 ? "Heartbeat response" : "Heartbeat request";

    /// <inheritdoc/>
    public override string Explanation => Kind == 2 ? "returns the payload of the request" : "asks for its payload back";

    /// <inheritdoc/>
    public override int Length => HeldLength;

    /// <inheritdoc/>
    protected override IEnumerable<StepFact> FactsUpTo(Detail detail)
    {
        if (IsOverlong) yield return new(Detail.Brief, "", $"declares {ByteCount.Text(DeclaredLength)}, holds {ByteCount.Text(HeldLength)}");
        else yield return new(Detail.Full, "", ByteCount.Text(HeldLength));
    }
}
