using System.Buffers.Binary;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Records;
using HandshakeToMermaid.Protocols.Tls.Session;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls;

/// <summary>SSL 2.0 to TLS 1.3 over TCP.</summary>
/// <param name="setting">The caps, the secrets, and what sessions share.</param>
internal sealed class TlsProtocol(TlsSetting setting) : IStreamProtocol
{
    /// <inheritdoc/>
    public ProbeVerdict Probe(ReadOnlySpan<byte> start, RecordedTcpFlow flow)
    {
        var verdict = Probe(start);
        return verdict == ProbeVerdict.NotForUs && HasLostStart(flow) ? ProbeMidway(start) : verdict;
    }

    /// <summary>Judges the first bytes of one direction: a hello, a server's first alert, or a message that only a server flight begins with.</summary>
    public static ProbeVerdict Probe(ReadOnlySpan<byte> start)
    {
        if (start.IsEmpty) return ProbeVerdict.Unsure;
        if ((start[0] & 0x80) != 0)
        {
            var client = Ssl2Hello.ProbeClient(start);
            return client != ProbeVerdict.NotForUs ? client : Ssl2Hello.ProbeServer(start);
        }

        if (start[0] is not (21 or 22) || !RecordHeader.CanBegin(start)) return ProbeVerdict.NotForUs;
        if (start.Length < RecordHeader.TlsLength) return ProbeVerdict.Unsure;
        var length = BinaryPrimitives.ReadUInt16BigEndian(start[3..]);
        var fragment = start[RecordHeader.TlsLength..];
        return start[0] == 21 ? ProbeAlert(length, fragment) : ProbeHandshake(length, fragment);
    }

    /// <inheritdoc/>
    public IReadOnlyList<ProtocolFacts> Read(RecordedFlow flow)
    {
        var session = new TlsStreamSession(setting);
        ((RecordedTcpFlow)flow).ReadInto(session);
        return session.Finish(flow.IsClosed);
    }

    /// <inheritdoc/>
    public IRecordingFilter FilterFor(RecordedTcpFlow soFar)
    {
        var filter = new TlsRecordingFilter(setting);
        soFar.ReadInto(filter);
        return filter;
    }

    /// <inheritdoc/>
    public bool TryServerName(ReadOnlySpan<byte> start, out string? name)
    {
        name = null;
        if (!TryFindServerName(start, out var found)) return false;
        if (!found.IsEmpty) name = setting.Parts?.Text(found) ?? WireText.Decode(found);

        // Without one, a decrypted message may name the server.
        return name is not null || setting.LacksSecrets;
    }

    /// <summary>The server name in a ClientHello that begins a stream and fills its first record; see <see cref="ClientHello.TryReadServerName"/>.</summary>
    internal static bool TryFindServerName(ReadOnlySpan<byte> start, out ReadOnlySpan<byte> name)
    {
        name = default;
        if (start.Length < RecordHeader.TlsLength + HandshakeAssembler.HeaderLength || start[0] != ContentType.Handshake.Code || Probe(start) != ProbeVerdict.Certain) return false;
        int record = BinaryPrimitives.ReadUInt16BigEndian(start[3..]);
        var message = start[RecordHeader.TlsLength..];
        if (message[0] != HandshakeType.ClientHello.Code || message.Length < record || HandshakeAssembler.LengthIn(message) + HandshakeAssembler.HeaderLength != record) return false;
        return ClientHello.TryReadServerName(message[HandshakeAssembler.HeaderLength..record], out name);
    }

    /// <summary>True where the capture lacks something from which a stream would be recognised otherwise.</summary>
    private static bool HasLostStart(RecordedTcpFlow flow) =>
        flow.Forward.JoinedMidway || flow.Reverse.JoinedMidway || flow.Forward.MissingBytes > 0 || flow.Reverse.MissingBytes > 0;

    /// <summary>
    /// Any record (RFC 8446 section 5.1): inside a connection most are application_data, and what else comes is encrypted. Three fixed
    /// bytes and a lawful length; where the next record's header is there too, it must be one.
    /// </summary>
    private static ProbeVerdict ProbeMidway(ReadOnlySpan<byte> start)
    {
        if (!RecordHeader.CanBegin(start)) return ProbeVerdict.NotForUs;
        if (start.Length < RecordHeader.TlsLength) return ProbeVerdict.Unsure;
        var record = RecordHeader.ReadTls(start);
        if (record.Length == 0) return ProbeVerdict.NotForUs;
        return start.Length <= record.Total || RecordHeader.CanBegin(start[record.Total..]) ? ProbeVerdict.Certain : ProbeVerdict.NotForUs;
    }

    private static ProbeVerdict ProbeAlert(int length, ReadOnlySpan<byte> fragment)
    {
        if (length != 2) return ProbeVerdict.NotForUs;
        if (fragment.Length > 0 && fragment[0] is not (1 or 2)) return ProbeVerdict.NotForUs;
        if (fragment.Length < 2) return ProbeVerdict.Unsure;
        return new AlertDescription(fragment[1]).IsKnown ? ProbeVerdict.Certain : ProbeVerdict.NotForUs;
    }

    private static ProbeVerdict ProbeHandshake(int length, ReadOnlySpan<byte> fragment)
    {
        if (length < 4) return ProbeVerdict.NotForUs;
        if (fragment.IsEmpty) return ProbeVerdict.Unsure;
        var type = fragment[0];

        // Client and server hello; what a capture that joined midway may begin with in a server's or client's flight.
        if (type is not (0 or 1 or 2 or 4 or 11 or 12 or 14 or 16 or 22)) return ProbeVerdict.NotForUs;
        if (fragment.Length < 4) return ProbeVerdict.Unsure;
        var body = HandshakeAssembler.LengthIn(fragment);
        if (type is 1 or 2)
        {
            if (body < ShortestHello || fragment[1] > 1) return ProbeVerdict.NotForUs;
            if (fragment.Length < 6) return fragment.Length == 5 && !IsMajor(fragment[4]) ? ProbeVerdict.NotForUs : ProbeVerdict.Unsure;
            return IsMajor(fragment[4]) ? ProbeVerdict.Certain : ProbeVerdict.NotForUs;
        }

        if (type is 0 or 14) return body == 0 ? ProbeVerdict.Certain : ProbeVerdict.NotForUs;
        return body > 0 && (body + 4 <= length || fragment[1] == 0) ? ProbeVerdict.Certain : ProbeVerdict.NotForUs;
    }

    /// <summary>SSL 3.0 to TLS 1.2 in a hello's version field; drafts of TLS 1.3 put 0x7fNN into a ServerHello.</summary>
    private static bool IsMajor(byte major) => major is 3 or 0x7F;

    /// <summary>Version, random, empty session id, one suite, one compression method; a draft's ServerHello is a byte or two shorter.</summary>
    private const int ShortestHello = 36;
}
