// What an observer without keys can tell of a TLS 1.3 handshake (RFC 8446 appendix E.3 names the lengths a side channel):
// a record holds its plaintext, one byte of content type, and the tag. So an alert is 2 + 1 + tag, a Finished
// 4 + hash + 1 + tag, an EndOfEarlyData 4 + 1 + tag bytes, unless the sender pads, which none is known to do in a handshake.
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Tls.Registries;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Tls;

/// <summary>Sorts the encrypted records of a TLS 1.3 connection into flights, by direction, order and length.</summary>
internal sealed class SealedFlights
{
    private readonly List<SealedMark> marks;
    private readonly TlsConversation talk;
    private readonly Direction client;
    private readonly int tag;
    private readonly int header;

    private SealedFlights(List<SealedMark> marks, TlsConversation talk, Direction client)
    {
        this.marks = marks;
        this.talk = talk;
        this.client = client;
        var suite = talk.CipherSuite ?? default;
        tag = suite.TagBytes;
        header = talk.Version is { IsDtls: true } ? DtlsHeader : TlsHeader;
        FinishedLength = header + suite.HashBytes + 1 + tag;
    }

    /// <summary>Length of a record that holds a Finished.</summary>
    public int FinishedLength { get; }

    /// <summary>The steps that the records stand for.</summary>
    public List<Step> Steps { get; } = [];

    /// <summary>The server's flight behind its ServerHello; null where none was seen.</summary>
    public EncryptedFlightStep? ServerFlight { get; private set; }

    /// <summary>The client's flight that answers it; null where none was seen.</summary>
    public EncryptedFlightStep? ClientFlight { get; private set; }

    /// <summary>True where the client's flight ends with a record as long as a Finished.</summary>
    public bool HasExactFinished { get; private set; }

    /// <summary>True where the client's flight is nothing but a Finished.</summary>
    public bool IsLoneFinished { get; private set; }

    /// <summary>True where the client's flight is as long as an empty certificate list and a Finished: 4 + 1 + 3 bytes more, in a record of their own or not.</summary>
    public bool HasEmptyCertificate { get; private set; }

    /// <summary>What the lengths say about early data.</summary>
    public bool? EarlyDataAccepted { get; private set; }

    /// <summary>An alert in place of the client's flight.</summary>
    public TlsAlertStep? ClientAlert { get; private set; }

    /// <summary>An alert in place of the server's flight.</summary>
    public TlsAlertStep? ServerAlert { get; private set; }

    /// <summary>The first record of the server behind the client's flight, where it is as long as an alert.</summary>
    public SealedMark? LateAlert { get; private set; }

    /// <summary>True where the server sent anything longer than an alert behind the client's flight.</summary>
    public bool HasServerData { get; private set; }

    public static SealedFlights Infer(List<SealedMark> marks, TlsConversation talk, Direction client)
    {
        var flights = new SealedFlights(marks, talk, client);
        flights.Sort();
        return flights;
    }

    private int AlertLength => 3 + tag;

    private int EndOfEarlyDataLength => header + 1 + tag;

    private void Sort()
    {
        var i = 0;
        var earlyOffered = talk.ClientHello is { OffersEarlyData: true };
        var early = new List<SealedMark>(0);
        var serverFlight = new List<SealedMark>(4);
        while (i < marks.Count && !marks[i].IsAfterServerHello)
        {
            if (marks[i].From == client) early.Add(marks[i]);
            i++;
        }

        // Early data may still be on its way when the ServerHello passes: it reaches up to EndOfEarlyData or the Finished.
        var mayBeEarly = earlyOffered && talk.HelloRetryRequest is null && marks.Count > 0;
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

    private void AddEarly(List<SealedMark> early)
    {
        if (early.Count == 0) return;
        Steps.Add(new ApplicationDataStep
        {
            From = client, First = early[0].First, Last = LastOf(early), Sight = Sight.Inferred, Bytes = Sum(early), IsEarly = true,
        });
    }

    private void AddServerFlight(List<SealedMark> flight)
    {
        if (flight.Count == 0) return;
        if (flight[0].Length == AlertLength && flight.Count == 1)
        {
            Steps.Add(ServerAlert = AlertOf(flight[0], isAfter: false));
            return;
        }

        Steps.Add(ServerFlight = FlightOf(flight, talk.ServerHello is { AcceptsPreSharedKey: true } ? ResumedFlight : FullFlight, isProbable: true));
    }

    private int AddClientFlight(int start)
    {
        if (marks[start].Length == AlertLength)
        {
            Steps.Add(ClientAlert = AlertOf(marks[start], isAfter: false));
            return start + 1;
        }

        // The flight is the run of client records up to one as long as a Finished; server records end the search.
        var end = -1;
        for (var i = start; i < marks.Count && i < start + LongestFlight && marks[i].From == client; i++)
        {
            if (marks[i].Length != FinishedLength) continue;
            end = i;
            break;
        }

        HasExactFinished = end >= 0;
        if (end < 0) end = start;
        IsLoneFinished = HasExactFinished && end == start;
        var flight = marks.GetRange(start, end - start + 1);
        HasEmptyCertificate = Sum(flight) - FinishedLength is EmptyCertificate or EmptyCertificate + 1 + 16 or EmptyCertificate + 1 + 8;
        var mayHoldCertificate = !IsLoneFinished && Sum(flight) > FinishedLength + AlertLength;
        var contains = HasEmptyCertificate ? EmptyAnswer : mayHoldCertificate ? CertificateAnswer : LoneFinished;
        Steps.Add(ClientFlight = FlightOf(flight, contains, isProbable: !IsLoneFinished));
        return end + 1;
    }

    private void AddData(int start)
    {
        bool clientData = false, serverData = false;
        for (var i = start; i < marks.Count; i++)
        {
            var mark = marks[i];
            var isAlert = mark.Length == AlertLength;
            if (mark.From != client)
            {
                if (ClientFlight is not null && !HasServerData && LateAlert is null && isAlert) LateAlert = mark;
                if (!isAlert) HasServerData = true;
            }

            ref var seen = ref mark.From == client ? ref clientData : ref serverData;
            if (isAlert)
            {
                Steps.Add(AlertOf(mark, isAfter: true));
            }
            else if (!seen)
            {
                seen = true;
                Steps.Add(new ApplicationDataStep { From = mark.From, First = mark.First, Last = mark.Last, Sight = Sight.Clear, Bytes = mark.Length });
            }
        }
    }

    private int IndexOfFinished(int start)
    {
        for (var i = start; i < marks.Count; i++)
        {
            if (marks[i].From == client && marks[i].Length == FinishedLength) return i;
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

    private static int Sum(List<SealedMark> flight)
    {
        var sum = 0L;
        foreach (var mark in flight) sum += mark.Length;
        return (int)Math.Min(sum, int.MaxValue);
    }

    private static FrameMark LastOf(List<SealedMark> flight)
    {
        var last = flight[0].Last;
        foreach (var mark in flight) last = FrameMark.Latest(last, mark.Last);
        return last;
    }

    private static EncryptedFlightStep FlightOf(List<SealedMark> flight, string[] contains, bool isProbable) => new()
    {
        From = flight[0].From, First = flight[0].First, Last = LastOf(flight), Sight = Sight.Inferred,
        Contains = contains, Bytes = Sum(flight), IsProbable = isProbable,
    };

    private static TlsAlertStep AlertOf(SealedMark mark, bool isAfter) => new()
    {
        From = mark.From, First = mark.First, Last = mark.Last, Sight = Sight.Inferred, IsAfterHandshake = isAfter,
    };

    private static readonly string[] FullFlight = ["encrypted_extensions", "certificate", "certificate_verify", "finished"];
    private static readonly string[] ResumedFlight = ["encrypted_extensions", "finished"];
    private static readonly string[] EmptyAnswer = ["certificate", "finished"];
    private static readonly string[] CertificateAnswer = ["certificate", "certificate_verify", "finished"];
    private static readonly string[] LoneFinished = ["finished"];

    /// <summary>Type and length of a handshake message; DTLS adds its number and the place of the fragment.</summary>
    private const int TlsHeader = 4;
    private const int DtlsHeader = 12;

    private const int LongestFlight = 8;

    /// <summary>Type and length, an empty request context, an empty list.</summary>
    private const int EmptyCertificate = 8;
}
