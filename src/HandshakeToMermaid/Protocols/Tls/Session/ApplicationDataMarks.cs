using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Tls.Session;

/// <summary>
/// The records of application data that say something: the first of a direction, and in TLS 1.3, whose handshake looks the same, the first few.
/// </summary>
/// <param name="session">The session as read without keys.</param>
internal sealed class ApplicationDataMarks(TlsSession session)
{
    private readonly List<EncryptedRecordMark> marks = new(0);

    /// <summary>The marks, in capture order.</summary>
    public List<EncryptedRecordMark> All => marks;

    /// <summary>Takes records of application data.</summary>
    public void Add(Direction from, TlsHalf half, int records, long length, FrameMark first, FrameMark last)
    {
        var isFirst = half.DataRecords == 0;
        half.DataRecords += records;
        half.DataBytes += length;
        if (isFirst) half.FirstData = first;
        // Up to TLS 1.2 only the presence of data is reported; in TLS 1.3 the lengths reveal the messages.
        // Whether the record is stored for decryption makes no difference to what is reported of its length.
        if (isFirst || (half.DataRecords <= MostRecords && (session.IsTls13 || session.ServerHello is null) && !(session.IsTls13 && IsOver13(from))))
        {
            var after = session.ServerHello is not null;
            // Up to TLS 1.2 one of each direction.
            if (marks.Count == 0) marks.Capacity = session.IsTls13 ? 8 : 2;
            marks.Add(new EncryptedRecordMark(from, (int)length, first, last, after));
        }
    }

    /// <summary>True where a direction has shown enough to sort the encrypted records of TLS 1.3.</summary>
    public bool IsOver13(Direction from)
    {
        if (session.Client is not { } client || session.ServerHello is null) return false;
        var suite = session.CipherSuite ?? default;
        var finished = 5 + suite.HashBytes + suite.TagBytes;
        int clientFinished = -1, serverAfter = -1, clientAfter = -1;
        for (var i = 0; i < marks.Count; i++)
        {
            if (!marks[i].IsAfterServerHello) continue;
            if (marks[i].From == client)
            {
                if (clientFinished >= 0) clientAfter = i;
                else if (marks[i].Length == finished) clientFinished = i;
            }
            else if (clientFinished >= 0 && marks[i].Length > 3 + suite.TagBytes)
            {
                serverAfter = i;
            }
        }

        return from == client ? clientAfter >= 0 : serverAfter >= 0;
    }

    /// <summary>Records of a direction behind which none is marked.</summary>
    public const int MostRecords = 64;
}
