using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Udp;

namespace HandshakeToMermaid.Protocols.Eap;

/// <summary>Records one conversation up to the decision of the server. An authenticator uses one port for all its supplicants: their conversations are flows between the same endpoints.</summary>
internal sealed class RadiusFilter : IDatagramFilter
{
    private readonly RadiusConversation conversation = new();
    private bool isDecided;
    private bool hasBegun;

    /// <inheritdoc/>
    public bool IsOver => isDecided;

    /// <inheritdoc/>
    public bool SharesEndpoints => true;

    /// <inheritdoc/>
    public DatagramMatch Match(ReadOnlySpan<byte> payload) => conversation.Match(payload);

    /// <inheritdoc/>
    public bool Begins(ReadOnlySpan<byte> payload) => RadiusProtocol.Recognises(payload);

    /// <inheritdoc/>
    public void Pass(ReadOnlySpan<byte> payload) => conversation.Pass(payload);

    /// <inheritdoc/>
    public DatagramChoice Choose(Direction from, ReadOnlySpan<byte> payload, int length)
    {
        // What is of no conversation is recorded for its reader, to be counted.
        if (hasBegun && conversation.Match(payload) == DatagramMatch.No) return DatagramChoice.Record;
        hasBegun = true;
        isDecided |= payload[0] is RadiusPacket.AccessAccept or RadiusPacket.AccessReject;
        conversation.Take(payload);
        return DatagramChoice.Record;
    }

    /// <inheritdoc/>
    public (int Units, long Bytes) Measure(ReadOnlySpan<byte> payload, int length) => (1, length);
}
