// What an observer without keys can infer about a TLS 1.3 handshake (RFC 8446 appendix E.3 names the lengths a side channel):
// a record holds its plaintext, one byte of content type, and the tag. So an alert is 2 + 1 + tag, a Finished
// 4 + hash + 1 + tag, an EndOfEarlyData 4 + 1 + tag bytes, unless the sender pads. Java (JSSE) does: 16 zero bytes in every record.
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Session;
using HandshakeToMermaid.Protocols.Tls.Steps;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Tls.Facts;

/// <summary>Sorts the encrypted records of a TLS 1.3 connection into flights, by direction, order and length.</summary>
internal sealed class EncryptedFlights
{
    private readonly List<EncryptedRecordMark> marks;
    private readonly TlsSession session;
    private readonly Direction client;
    private readonly bool hasClientGap;
    private readonly int tag;
    private readonly int header;
    private int clientPadding;
    private int serverPadding;

    private EncryptedFlights(List<EncryptedRecordMark> marks, TlsSession session, Direction client, bool hasClientGap)
    {
        this.marks = marks;
        this.session = session;
        this.client = client;
        this.hasClientGap = hasClientGap;
        var suite = session.CipherSuite ?? default;
        tag = suite.TagBytes;
        header = session.Version is { IsDtls: true } ? DtlsHeader : TlsHeader;
        FinishedLength = header + suite.HashBytes + 1 + tag;
    }

    /// <summary>Length of a record that holds a Finished and no padding.</summary>
    public int FinishedLength { get; }

    /// <summary>The steps that the records stand for.</summary>
    public List<Step> Steps { get; } = [];

    /// <summary>The server's flight behind its ServerHello; null where none was seen.</summary>
    public EncryptedFlightStep? ServerFlight { get; private set; }

    /// <summary>The client's flight that answers it; null where none was seen.</summary>
    public EncryptedFlightStep? ClientFlight { get; private set; }

    /// <summary>True where the client's flight is nothing but a Finished.</summary>
    public bool IsLoneFinished { get; private set; }

    /// <summary>True where the client's flight is as long as an empty certificate list and a Finished, in one record or in two.</summary>
    public bool HasEmptyCertificate { get; private set; }

    /// <summary>What the lengths say about early data.</summary>
    public bool? EarlyDataAccepted { get; private set; }

    /// <summary>An alert in place of the client's flight.</summary>
    public TlsAlertStep? ClientAlert { get; private set; }

    /// <summary>An alert in place of the server's flight.</summary>
    public TlsAlertStep? ServerAlert { get; private set; }

    /// <summary>The first record of the server behind the client's flight, where it is as long as an alert.</summary>
    public EncryptedRecordMark? LateAlert { get; private set; }

    /// <summary>True where the server sent anything longer than an alert behind the client's flight.</summary>
    public bool HasServerData { get; private set; }

    /// <summary>True where the client sent anything longer than an alert behind its flight.</summary>
    public bool HasClientData { get; private set; }

    /// <summary>Bytes that the server sent behind the client's flight in records longer than an alert, session tickets among them.</summary>
    public long ServerBytes { get; private set; }

    /// <param name="marks">The encrypted records, in capture order.</param>
    /// <param name="session">The session as read without keys.</param>
    /// <param name="client">The direction in which the client sends.</param>
    /// <param name="hasClientGap">True where bytes of the client are missing before its first encrypted record, so that its message is unknown.</param>
    public static EncryptedFlights Infer(List<EncryptedRecordMark> marks, TlsSession session, Direction client, bool hasClientGap)
    {
        var flights = new EncryptedFlights(marks, session, client, hasClientGap);
        flights.Sort();
        return flights;
    }

    private int AlertLength => 3 + tag;

    private int EndOfEarlyDataLength => header + 1 + tag;

    /// <summary>Type and length, an empty request context, an empty list.</summary>
    private int EmptyCertificate => header + 4;

    private void Sort()
    {
        var i = 0;
        var earlyOffered = session.ClientHello is { OffersEarlyData: true };
        var early = new List<EncryptedRecordMark>(0);
        var serverFlight = new List<EncryptedRecordMark>(4);
        while (i < marks.Count && !marks[i].IsAfterServerHello)
        {
            if (marks[i].From == client) early.Add(marks[i]);
            i++;
        }

        // Early data may still be on its way when the ServerHello passes: it reaches up to EndOfEarlyData or the Finished.
        var mayBeEarly = earlyOffered && session.HelloRetryRequest is null && marks.Count > 0;
        var reached = i;
        if (mayBeEarly)
        {
            var finished = IndexOfFinished(i);
            for (; reached < (finished < 0 ? i : finished); reached++)
            {
                if (marks[reached].From != client) serverFlight.Add(marks[reached]);
                else if (marks[reached].Length == EndOfEarlyDataLength && IsLastOfClient(reached, finished)) EarlyDataAccepted = true;
                else early.Add(marks[reached]);
            }

            if (finished >= 0) EarlyDataAccepted ??= false;
        }

        for (i = reached; i < marks.Count && marks[i].From != client; i++) serverFlight.Add(marks[i]);
        AddEarly(early);
        AddServerFlight(serverFlight);
        if (i < marks.Count) i = AddClientFlight(i);
        AddData(i);
    }

    private void AddEarly(List<EncryptedRecordMark> early)
    {
        if (early.Count == 0) return;
        Steps.Add(new ApplicationDataStep
        {
            From = client, First = early[0].First, Last = EncryptedRecordMarks.LastOf(early), Provenance = Provenance.Inferred, Bytes = EncryptedRecordMarks.Sum(early), IsEarly = true,
        });
    }

    private void AddServerFlight(List<EncryptedRecordMark> flight)
    {
        if (flight.Count == 0) return;
        if (flight[0].Length == AlertLength && flight.Count == 1)
        {
            Steps.Add(ServerAlert = EncryptedRecordMarks.AlertOf(flight[0], isAfter: false));
            return;
        }

        if (flight[^1].Length == FinishedLength + Padding) serverPadding = Padding;
        Steps.Add(ServerFlight = EncryptedRecordMarks.FlightOf(flight, session.ServerHello is { AcceptsPreSharedKey: true } ? ResumedFlight : FullFlight, isProbable: true));
    }

    private int AddClientFlight(int start)
    {
        if (hasClientGap) return AddClientRest(start);
        // Nothing else that a client may send here is so short.
        if (marks[start].Length - AlertLength is 0 or Padding)
        {
            Steps.Add(ClientAlert = EncryptedRecordMarks.AlertOf(marks[start], isAfter: false));
            return start + 1;
        }

        var end = EndOfClientFlight(start);
        var flight = marks.GetRange(start, end - start + 1);
        var mayHoldCertificate = !IsLoneFinished && EncryptedRecordMarks.Sum(flight) > FinishedLength + AlertLength;
        var contains = HasEmptyCertificate ? EmptyAnswer : mayHoldCertificate ? CertificateAnswer : LoneFinished;
        Steps.Add(ClientFlight = EncryptedRecordMarks.FlightOf(flight, contains, isProbable: !IsLoneFinished));
        return end + 1;
    }

    /// <summary>
    /// The index of the record that ends the client's flight: one as long as a Finished, in the run of client records. One record
    /// may hold all of it.
    /// </summary>
    private int EndOfClientFlight(int start)
    {
        var first = marks[start].Length;
        if (first - FinishedLength - EmptyCertificate is 0 or Padding)
        {
            HasEmptyCertificate = true;
            clientPadding = first - FinishedLength - EmptyCertificate;
            return start;
        }

        for (var i = start; i < marks.Count && i < start + LongestFlight && marks[i].From == client; i++)
        {
            if (marks[i].Length - FinishedLength is not (0 or Padding)) continue;
            clientPadding = marks[i].Length - FinishedLength;
            IsLoneFinished = i == start;
            HasEmptyCertificate = i == start + 1 && first == EmptyCertificate + 1 + tag + clientPadding;
            return i;
        }

        return start;
    }

    /// <summary>What the client sent behind a gap is not named. That it went on shows that it had answered.</summary>
    private int AddClientRest(int start)
    {
        var mark = marks[start];
        if (mark.Length != AlertLength) Steps.Add(ClientFlight = EncryptedRecordMarks.FlightOf([mark], [], isProbable: true));
        else Steps.Add(EncryptedRecordMarks.AlertOf(mark, isAfter: true));
        return start + 1;
    }

    private void AddData(int start)
    {
        bool clientData = false, serverData = false, serverSpoke = false, isAckExpected = header == DtlsHeader;
        for (var i = start; i < marks.Count; i++)
        {
            var mark = marks[i];
            if (isAckExpected && mark.From != client && !serverSpoke && AcknowledgedIn(mark) is > 0 and var records)
            {
                // The server owes the client's flight an ACK (RFC 9147 section 7.1); it shows that the handshake was read.
                serverSpoke = HasServerData = true;
                Steps.Add(new AckStep { From = mark.From, First = mark.First, Last = mark.Last, Provenance = Provenance.Inferred, Records = records });
                continue;
            }

            serverSpoke |= mark.From != client;
            var isAlert = mark.Length == AlertLength + (mark.From == client ? clientPadding : serverPadding);
            if (mark.From == client)
            {
                HasClientData |= !isAlert;
            }
            else if (isAlert)
            {
                if (ClientFlight is not null && !HasServerData) LateAlert ??= mark;
            }
            else
            {
                HasServerData = true;
                ServerBytes += mark.Length;
            }

            ref var seen = ref mark.From == client ? ref clientData : ref serverData;
            if (isAlert)
            {
                Steps.Add(EncryptedRecordMarks.AlertOf(mark, isAfter: true));
            }
            else if (!seen)
            {
                seen = true;
                Steps.Add(new ApplicationDataStep { From = mark.From, First = mark.First, Last = mark.Last, Provenance = Provenance.Clear, Bytes = mark.Length });
            }
        }
    }

    /// <summary>How many records an ACK of that length names; 0 where the length fits none (a list of records of 16 bytes each).</summary>
    private int AcknowledgedIn(EncryptedRecordMark mark) => (mark.Length - AlertLength) % AcknowledgedRecord == 0 && mark.Length - AlertLength is > 0 and <= MaxAcknowledged * AcknowledgedRecord
        ? (mark.Length - AlertLength) / AcknowledgedRecord : 0;

    private int IndexOfFinished(int start)
    {
        for (var i = start; i < marks.Count; i++)
        {
            if (marks[i].From == client && marks[i].Length - FinishedLength is (0 or Padding)) return i;
        }

        return -1;
    }

    private bool IsLastOfClient(int index, int before)
    {
        for (var i = index + 1; i < before; i++)
        {
            if (marks[i].From == client) return false;
        }

        return true;
    }

    private static readonly string[] FullFlight = ["encrypted_extensions", "certificate", "certificate_verify", "finished"];
    private static readonly string[] ResumedFlight = ["encrypted_extensions", "finished"];
    private static readonly string[] EmptyAnswer = ["certificate", "finished"];
    private static readonly string[] CertificateAnswer = ["certificate", "certificate_verify", "finished"];
    private static readonly string[] LoneFinished = ["finished"];

    /// <summary>Type and length of a handshake message; DTLS adds its number and the place of the fragment.</summary>
    private const int TlsHeader = 4;
    private const int DtlsHeader = 12;

    /// <summary>Zero bytes that Java's sockets append to the content of each record.</summary>
    private const int Padding = 16;

    private const int LongestFlight = 8;

    /// <summary>Epoch and number, eight bytes each. The list's own length takes as many bytes as an alert.</summary>
    private const int AcknowledgedRecord = 16;

    /// <summary>More records than a client's flight takes.</summary>
    private const int MaxAcknowledged = 8;
}
