using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Dns;

/// <summary>
/// Watches DNS, multicast DNS and LLMNR, and reports queries: a question and its answer.
/// <para>
/// An answer belongs to a question with the same client, resolver, id, name and type. The same client asking the same resolver
/// the same question while the first waits, whatever id, port or transport it uses, repeats the same query; another resolver is
/// another query, since it matters which one failed, and so is a question from another port sooner than resolvers retry: it is
/// another program's. The same datagram captured twice counts once. An answer to a multicast question may come from any host: it is
/// matched by name and type.
/// </para>
/// </summary>
internal sealed class DnsObserver(AnalyzerLimits limits, IDnsQueryListener listener) : IDatagramProtocol
{
    private readonly Dictionary<DnsTransaction, AskedQuestion> transactions = [];
    private readonly Dictionary<WaitingQuestion, WaitingQuery> waiting = [];
    private readonly Dictionary<(string Name, DnsRecordType Type), List<WaitingQuery>> multicast = [];
    private readonly Queue<AskedQuestion> order = new();
    private readonly DnsMessage latest = DnsMessage.Empty();

    /// <summary>How many questions wait or are remembered for late answers: never more than <see cref="AnalyzerLimits.OpenQueries"/>.</summary>
    public int Open => order.Count;

    /// <inheritdoc/>
    public bool Datagram(in Packet packet)
    {
        if (!DnsPort.Is(packet.Source.Port) && !DnsPort.Is(packet.Destination.Port)) return false;
        return Message(packet.Source, packet.Destination, packet.Payload, packet.Mark, "udp", packet.Encapsulation, packet.PayloadLength > packet.Payload.Length);
    }

    /// <summary>A whole message that came over TCP, with the frame that completed it. False where it is something else.</summary>
    public bool StreamMessage(IpEndpoint source, IpEndpoint destination, ReadOnlySpan<byte> message, FrameMark mark, EncapsulationPath? encapsulation = null) =>
        Message(source, destination, message, mark, "tcp", encapsulation, isCut: false);

    /// <inheritdoc/>
    public Timestamp? DueAt => order.TryPeek(out var oldest) ? oldest.Asked + Duration.FromSeconds(limits.QuerySeconds) : null;

    /// <inheritdoc/>
    public void Advance(Timestamp now)
    {
        while (order.TryPeek(out var oldest) && (now - oldest.Asked).Nanoseconds > limits.QuerySeconds * Timestamp.PerSecond) Expire();
    }

    /// <inheritdoc/>
    public void Finish()
    {
        while (order.Count > 0) Expire();
    }

    private bool Message(IpEndpoint source, IpEndpoint destination, ReadOnlySpan<byte> bytes, FrameMark mark, string transport, EncapsulationPath? encapsulation, bool isCut)
    {
        if (bytes.Length < HeaderLength) return false;

        // What waited too long is over before this message, however rarely time is advanced.
        Advance(mark.Time);
        var message = latest;
        message.Renew(bytes, limits);
        var isReadable = message.Questions.Count > 0 || message.Answers.Count > 0 || !message.Fault.IsFault;
        if (!isReadable || message.Opcode > LastOpcode) return false;

        // NOTIFY, UPDATE and the like are DNS, but resolve no name.
        if (message.Opcode != 0) return true;
        if (!message.IsResponse)
        {
            for (var i = 0; i < message.Questions.Count; i++) Ask(message.Questions[i], message.Id, source, destination, mark, transport, encapsulation);
            return true;
        }

        var unparsed = UnparsedOf(message, mark, isCut);
        if (IsMulticast(destination.Address)) AnswerAll(message, source, destination, mark, unparsed);
        else if (message.Questions.Count == 0) AnswerNameless(message, source, destination, mark, transport, unparsed);
        else for (var i = 0; i < message.Questions.Count; i++) Answer(message.Questions[i], message, source, destination, mark, transport, unparsed);
        return true;
    }

    private void Ask(DnsQuestion question, ushort id, IpEndpoint client, IpEndpoint resolver, FrameMark mark, string transport, EncapsulationPath? encapsulation)
    {
        var name = question.Name.ToLowerInvariant();
        var asked = IsMulticast(resolver.Address) ? default : resolver;
        var transaction = new DnsTransaction(client, asked, id);
        var before = transactions.GetValueOrDefault(transaction);
        var isCapturedTwice = transport == "udp" && before?.Find(name, question.Type) is { Waiting.IsOver: false } sent && Apart(sent.Asked, mark.Time) < CapturedTwice;
        if (isCapturedTwice) return;

        var key = new WaitingQuestion(client.Address, asked, name, question.Type, encapsulation);
        var isNew = !waiting.TryGetValue(key, out var found) || found.IsOver || IsStale(found.Lookup, mark.Time) || IsOfAnotherProgram(found, client, transport, mark.Time);
        if (isNew)
        {
            var (ordinal, capture) = listener.Asked();
            var query = new DnsQuery { Ordinal = ordinal, Capture = capture, Client = client, Resolver = resolver, Name = question.Name, Type = question.Type.ToString() };
            found = new WaitingQuery(query, key);
            waiting[key] = found;
            if (found.IsMulticast) Listen(name, question.Type, found);
        }

        if (found!.Lookup.Questions.Count < limits.EventsPerFlow) found.Lookup.Ask(mark);
        else if (found.Lookup.Unparsed.Count == 0) found.Lookup.Unparsed = [new Unparsed(UnparsedReason.Cap, "the query was repeated more often than is recorded", [mark.Frame])];
        found.Lookup.Transport = transport;
        if (isNew) listener.Began(found.Lookup);
        if (transport == "tcp" && found.Truncated.IsSet) found.Lookup.Truncated = found.Truncated;

        if (order.Count >= Math.Max(1, limits.OpenQueries)) Expire(mark.Time);
        while (order.Count > limits.AnsweredQueries && order.Peek().Waiting.IsOver) Expire();
        var newest = new AskedQuestion(transaction, found, mark.Time);
        if (before is not null && transactions.TryGetValue(transaction, out before)) newest.Follow(before);
        transactions[transaction] = newest;
        order.Enqueue(newest);
        found.Open++;
    }

    private void Answer(DnsQuestion question, DnsMessage message, IpEndpoint resolver, IpEndpoint client, FrameMark mark, string transport, Unparsed? unparsed)
    {
        var name = question.Name.ToLowerInvariant();
        var found = transactions.GetValueOrDefault(new DnsTransaction(client, resolver, message.Id))?.Find(name, question.Type)
            ?? transactions.GetValueOrDefault(new DnsTransaction(client, default, message.Id))?.Find(name, question.Type);
        if (found is null)
        {
            Unasked(question, message, resolver, client, mark, transport, unparsed);
            return;
        }

        Answer(found.Waiting, question, message, mark, transport, unparsed);
    }

    /// <summary>An answer that does not repeat its question, as servers send that could not even read it.</summary>
    private void AnswerNameless(DnsMessage message, IpEndpoint resolver, IpEndpoint client, FrameMark mark, string transport, Unparsed? unparsed)
    {
        if (!transactions.TryGetValue(new DnsTransaction(client, resolver, message.Id), out var found) || found.Waiting.IsOver) return;
        var question = new DnsQuestion(found.Waiting.Lookup.Name, found.Waiting.Question.Type, 1);
        Answer(found.Waiting, question, message, mark, transport, unparsed);
    }

    private void Answer(WaitingQuery waiter, DnsQuestion question, DnsMessage message, FrameMark mark, string transport, Unparsed? unparsed)
    {
        if (waiter.IsOver)
        {
            if (waiter.Repeated is { } repeated && Apart(repeated.Answer.Time, mark.Time) >= SameAnswer) repeated.AnswersSeen++;
            return;
        }

        if (message.IsTruncated && transport == "udp")
        {
            // The client will ask again over TCP; if it does not, this is what it got.
            if (waiter.Truncated.IsSet) return;
            waiter.Truncated = mark;
            DnsAnswer.Fill(waiter.Lookup, message, question, unparsed);
            return;
        }

        waiter.Lookup.Transport = transport;
        Conclude(waiter, message, question, mark, unparsed);
    }

    /// <summary>An answer sent to a whole link: it answers all waiting queries for its names, and is otherwise an announcement that names addresses.</summary>
    private void AnswerAll(DnsMessage message, IpEndpoint source, IpEndpoint group, FrameMark mark, Unparsed? unparsed)
    {
        HashSet<(string, DnsRecordType)> seen = [];
        foreach (var record in message.Answers)
        {
            var name = record.Name.ToLowerInvariant();
            if (!seen.Add((name, record.Type))) continue;
            var question = new DnsQuestion(record.Name, record.Type, record.Class);
            var isAwaited = Tell((name, record.Type), message, question, mark, unparsed) | Tell((name, DnsRecordType.Any), message, question, mark, unparsed);
            if (!isAwaited && record.Addresses.Count > 0) Unasked(question, message, source, group, mark, "udp", unparsed);
        }
    }

    private bool Tell((string Name, DnsRecordType Type) key, DnsMessage message, DnsQuestion question, FrameMark mark, Unparsed? unparsed)
    {
        if (!multicast.TryGetValue(key, out var waiters)) return false;
        foreach (var waiter in waiters.ToArray())
            if (!waiter.IsOver) Conclude(waiter, message, question, mark, unparsed);
        return true;
    }

    private void Unasked(DnsQuestion question, DnsMessage message, IpEndpoint resolver, IpEndpoint client, FrameMark mark, string transport, Unparsed? unparsed)
    {
        var (ordinal, capture) = listener.Asked();
        var query = new DnsQuery { Ordinal = ordinal, Capture = capture, Client = client, Resolver = resolver, Name = question.Name, Type = question.Type.ToString(), Transport = transport, Answer = mark, IsOver = true };
        DnsAnswer.Fill(query, message, question, unparsed);
        if (resolver.Port == DnsPort.Dns) query.Unparsed = [.. query.Unparsed, new Unparsed(UnparsedReason.JoinedMidway, "the query of a DNS answer was not captured", [mark.Frame])];
        listener.Finished(query);
    }

    private void Conclude(WaitingQuery waiter, DnsMessage message, DnsQuestion question, FrameMark mark, Unparsed? unparsed)
    {
        DnsAnswer.Fill(waiter.Lookup, message, question, unparsed);
        waiter.Lookup.Answer = mark;
        waiter.Lookup.AnswersSeen++;
        Over(waiter);
    }

    private void Over(WaitingQuery waiter)
    {
        var query = waiter.End();
        if (waiting.TryGetValue(waiter.Question, out var current) && ReferenceEquals(current, waiter)) waiting.Remove(waiter.Question);
        if (waiter.IsMulticast) Unlisten(waiter);
        listener.Finished(query);
    }

    /// <summary>Forgets the oldest question; where no answer came, its query is over.</summary>
    /// <param name="madeRoomAt">When it had to make room for another one, null elsewhere: an answer may still come.</param>
    private void Expire(Timestamp? madeRoomAt = null)
    {
        var oldest = order.Dequeue();
        var waiter = oldest.Waiting;
        if (transactions.TryGetValue(oldest.Transaction, out var newest) && newest.Forget(oldest)) transactions.Remove(oldest.Transaction);
        if (--waiter.Open > 0 || waiter.IsOver) return;
        waiter.Lookup.IsEvicted = madeRoomAt is { } now && now - oldest.Asked < Patience;
        if (waiter.Truncated.IsSet && !waiter.Lookup.Truncated.IsSet)
        {
            waiter.Lookup.Answer = waiter.Truncated;
        }
        else
        {
            // What a truncated answer held is no answer once the client went for the whole.
            DnsAnswer.Clear(waiter.Lookup);
        }

        Over(waiter);
    }

    private void Listen(string name, DnsRecordType type, WaitingQuery waiter)
    {
        if (!multicast.TryGetValue((name, type), out var waiters)) multicast[(name, type)] = waiters = new(1);
        waiters.Add(waiter);
    }

    private void Unlisten(WaitingQuery waiter)
    {
        var key = (waiter.Question.Name, waiter.Question.Type);
        if (!multicast.TryGetValue(key, out var waiters)) return;
        waiters.Remove(waiter);
        if (waiters.Count == 0) multicast.Remove(key);
    }

    private bool IsStale(DnsQuery query, Timestamp now) => (now - query.Questions[0].Time).Nanoseconds > limits.QuerySeconds * Timestamp.PerSecond;

    /// <summary>
    /// Stub resolvers repeat a question after a third of a second at the earliest; sooner, and from another port, it is another program's.
    /// Over TCP the port is always another one, and what follows a truncated answer is the same query.
    /// </summary>
    private static bool IsOfAnotherProgram(WaitingQuery waiter, IpEndpoint client, string transport, Timestamp now)
    {
        if (waiter.IsMulticast || client.Port == waiter.Lookup.Client.Port || (transport == "tcp" && waiter.Truncated.IsSet)) return false;
        return Apart(waiter.Lookup.Questions[^1].Time, now) < SoonestRepetition;
    }

    private static Duration Apart(Timestamp earlier, Timestamp later) => later > earlier ? later - earlier : earlier - later;

    private Unparsed? UnparsedOf(DnsMessage message, FrameMark mark, bool isCut)
    {
        if (isCut && message.Fault.IsFault) return new Unparsed(UnparsedReason.CutPacket, "the DNS answer is truncated in the capture", [mark.Frame]);
        if (message.IsCapped) return new Unparsed(UnparsedReason.Cap, $"the DNS answer has more than {limits.DnsRecords} records", [mark.Frame]);
        return message.Fault.IsFault ? new Unparsed(UnparsedReason.Fault, $"the DNS answer is malformed: {message.Fault}", [mark.Frame]) : null;
    }

    private static bool IsMulticast(IpAddress address) =>
        address.IsIpv4 ? ((uint)address.Low & 0xF000_0000) == 0xE000_0000 : address.High >> 56 == 0xFF;

    /// <summary>On several interfaces of one machine a datagram is seen again at once; resolvers do not retry that soon.</summary>
    private static readonly Duration CapturedTwice = Duration.FromMilliseconds(100);

    private static readonly Duration SoonestRepetition = Duration.FromMilliseconds(250);

    /// <summary>A second answer, and not the first one seen on another interface.</summary>
    private static readonly Duration SameAnswer = Duration.FromMilliseconds(10);

    /// <summary>No client waits longer for an answer.</summary>
    private static readonly Duration Patience = Duration.FromSeconds(10);

    private const int HeaderLength = 12;
    private const int LastOpcode = 6;
}
