using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Udp;

namespace HandshakeToMermaid.Protocols.Dtls;

/// <summary>
/// Chooses the datagrams of a DTLS flow that are recorded: handshakes and alerts, the first ones of application data, and the last ones, for how the
/// connection ended.
/// </summary>
internal sealed class DtlsFilter : IDatagramFilter
{
    private readonly int[] dataDatagrams = new int[2];
    private readonly bool[] hasEncryptedAlert = new bool[2];
    private byte[]? random;
    private Direction client;

    /// <inheritdoc/>
    public bool IsOver => hasEncryptedAlert[0] && hasEncryptedAlert[1];

    /// <inheritdoc/>
    public DatagramChoice Choose(Direction from, ReadOnlySpan<byte> payload, int length)
    {
        if (RandomOf(payload) is { IsEmpty: false } found)
        {
            if (random is null) (random, client) = (found.ToArray(), from);
            else if (from == client && !found.SequenceEqual(random)) return DatagramChoice.BeginsAnother;
        }

        var isData = true;
        while (DtlsRecord.TryRead(ref payload, ref length, 0, out var record))
        {
            isData &= record.IsUnified || record.Type is DtlsRecord.ApplicationData or DtlsRecord.WithConnectionId;
            hasEncryptedAlert[(int)from] |= record is { IsUnified: false, Type: DtlsRecord.Alert, Epoch: > 0 };
        }

        return isData && dataDatagrams[(int)from]++ >= MaxDataDatagrams ? DatagramChoice.RecordIfLast : DatagramChoice.Record;
    }

    /// <inheritdoc/>
    public (int Units, long Bytes) Measure(ReadOnlySpan<byte> payload, int length)
    {
        var (records, bytes) = (0, 0L);
        while (DtlsRecord.TryRead(ref payload, ref length, 0, out var record)) (records, bytes) = (records + 1, bytes + record.Length);
        return (records, bytes);
    }

    /// <summary>The random of a ClientHello that begins a handshake; a client that begins anew on the same port has another one.</summary>
    private static ReadOnlySpan<byte> RandomOf(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < DtlsRecord.FullHeader + FragmentHeader.Size + RandomEnd || payload[0] != DtlsRecord.Handshake) return default;
        if (!DtlsProtocol.Recognises(payload, payload.Length) || !FragmentHeader.TryRead(payload[DtlsRecord.FullHeader..], out var header)) return default;
        return header is { Type: ClientHelloType, Offset: 0, Sequence: 0, FragmentLength: >= RandomEnd } ? payload.Slice(DtlsRecord.FullHeader + FragmentHeader.Size + 2, 32) : default;
    }

    private const byte ClientHelloType = 1;

    /// <summary>Version and random.</summary>
    private const int RandomEnd = 34;

    /// <summary>Datagrams of application data recorded of each direction; over DTLS 1.3 the handshake's own are among them.</summary>
    private const int MaxDataDatagrams = 64;
}
