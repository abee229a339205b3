using System.Text;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Dns;

// RFC 1035 section 4.1.1.
//   ID(16) QR(1) OPCODE(4) AA(1) TC(1) RD(1) RA(1) Z(1) AD(1) CD(1) RCODE(4) QDCOUNT(16) ANCOUNT(16) NSCOUNT(16) ARCOUNT(16)
// then that many questions, answers, authority and additional records.
// Not opened: data of DNSSEC, location, key and transaction signature records; EDNS options other than extended errors.

/// <summary>One DNS message (RFC 1035 section 4). Records with malformed data are stored without it; malformed framing ends the list of records.</summary>
internal sealed class DnsMessage
{
    private readonly List<DnsQuestion> questions = new(1);
    private readonly List<DnsRecord> answers = new(0);

    /// <summary>The name of a question before this message: an answer repeats that of its query, and A and AAAA have the same.</summary>
    private string? namedBefore;

    private DnsMessage()
    {
    }

    /// <summary>Reads a whole message. Never throws.</summary>
    public static DnsMessage Read(ReadOnlySpan<byte> bytes, AnalyzerLimits limits)
    {
        var message = new DnsMessage();
        message.ReadFrom(bytes, limits);
        return message;
    }

    /// <summary>A message without content, to be filled by <see cref="Renew"/> over and over: an observer of many messages keeps none of them.</summary>
    internal static DnsMessage Empty() => new();

    /// <summary>Becomes another message. Its records stay valid, its lists do not.</summary>
    internal void Renew(ReadOnlySpan<byte> bytes, AnalyzerLimits limits)
    {
        if (questions.Count > 0) namedBefore = questions[^1].Name;
        questions.Clear();
        answers.Clear();
        (Edns, Fault) = (null, default);
        ReadFrom(bytes, limits);
    }

    /// <summary>Matches an answer to its question.</summary>
    public ushort Id { get; private set; }

    /// <summary>True for an answer (QR).</summary>
    public bool IsResponse { get; private set; }

    /// <summary>0 for a query; 4 is NOTIFY, 5 UPDATE.</summary>
    public int Opcode { get; private set; }

    /// <summary>The answer did not fit (TC).</summary>
    public bool IsTruncated { get; private set; }

    /// <summary>The response code, with the upper bits of EDNS.</summary>
    public DnsRcode Rcode { get; private set; }

    /// <summary>The questions.</summary>
    public IReadOnlyList<DnsQuestion> Questions => questions;

    /// <summary>The answer section.</summary>
    public IReadOnlyList<DnsRecord> Answers => answers;

    /// <summary>NSCOUNT; the records themselves are checked, not stored.</summary>
    public int AuthorityCount { get; private set; }

    /// <summary>ARCOUNT; of the records only OPT is stored.</summary>
    public int AdditionalCount { get; private set; }

    /// <summary>What the OPT record says; null where there is none.</summary>
    public DnsEdns? Edns { get; private set; }

    /// <summary>True where there were more records than <see cref="AnalyzerLimits.DnsRecords"/>.</summary>
    public bool IsCapped { get; private set; }

    /// <summary>The first thing that was wrong, by its RFC 1035 field name.</summary>
    public WireFault Fault { get; private set; }

    /// <summary>The records that a question leads to: aliases are followed, whatever their order. Records of other names are left out.</summary>
    public DnsRecord[] AnswersTo(DnsQuestion question)
    {
        if (answers.Count <= Few) return FewAnswersTo(question.Name);

        Dictionary<string, string>? aliases = null;
        foreach (var record in answers)
            if (record.Target is not null) (aliases ??= new(DnsName.Comparer)).TryAdd(record.Name, record.Target);

        HashSet<string> names = new(DnsName.Comparer) { question.Name };
        for (var name = question.Name; aliases is not null && aliases.TryGetValue(name, out var target) && names.Add(target);) name = target;
        return [.. answers.Where(record => names.Contains(record.Name))];
    }

    /// <summary>The same for the usual answer, of a few records, without tables.</summary>
    private DnsRecord[] FewAnswersTo(string asked)
    {
        var count = 0;
        Span<bool> isNamed = stackalloc bool[Few];
        for (var name = asked; name is not null;)
        {
            string? target = null;
            for (var i = 0; i < answers.Count; i++)
            {
                if (isNamed[i] || !DnsName.Comparer.Equals(answers[i].Name, name)) continue;
                isNamed[i] = true;
                count++;
                target ??= answers[i].Target;
            }

            name = target;
        }

        var found = new DnsRecord[count];
        for (var (i, at) = (0, 0); i < answers.Count; i++)
        {
            if (isNamed[i]) found[at++] = answers[i];
        }

        return found;
    }

    private void ReadFrom(ReadOnlySpan<byte> bytes, AnalyzerLimits limits)
    {
        var reader = new WireReader(bytes);
        Id = reader.U16("ID");
        var flags = reader.U16("flags");
        IsResponse = (flags & 0x8000) != 0;
        Opcode = (flags >> 11) & 0xF;
        IsTruncated = (flags & 0x0200) != 0;
        Rcode = new DnsRcode((ushort)(flags & 0xF));
        int questionCount = reader.U16("QDCOUNT"), answerCount = reader.U16("ANCOUNT");
        (AuthorityCount, AdditionalCount) = (reader.U16("NSCOUNT"), reader.U16("ARCOUNT"));

        var left = limits.DnsRecords;
        for (var i = 0; i < questionCount && !reader.Fault.IsFault; i++)
        {
            if (--left < 0) break;
            var question = new DnsQuestion(DnsName.Read(ref reader, bytes, "QNAME", limits.DnsPointerJumps, namedBefore), new DnsRecordType(reader.U16("QTYPE")), reader.U16("QCLASS"));
            if (!reader.Fault.IsFault) questions.Add(question);
        }

        var records = answerCount + AuthorityCount + AdditionalCount;
        for (var i = 0; i < records && left >= 0 && !reader.Fault.IsFault; i++)
        {
            if (--left < 0) break;
            ReadRecord(ref reader, bytes, limits, isAnswer: i < answerCount);
        }

        IsCapped = left < 0;
        if (!IsCapped) reader.End("message");
        if (!Fault.IsFault || (reader.Fault.IsFault && reader.Fault.Offset < Fault.Offset)) Fault = reader.Fault;
    }

    private void ReadRecord(ref WireReader reader, ReadOnlySpan<byte> bytes, AnalyzerLimits limits, bool isAnswer)
    {
        var expected = answers.Count > 0 ? answers[^1].Target ?? answers[^1].Name : questions.Count > 0 ? questions[0].Name : null;
        var name = DnsName.Read(ref reader, bytes, "NAME", limits.DnsPointerJumps, expected);
        var type = new DnsRecordType(reader.U16("TYPE"));
        var @class = reader.U16("CLASS");
        var timeToLive = reader.U32("TTL");
        var length = reader.U16("RDLENGTH");
        var start = reader.Offset;
        reader.Take(length, "RDATA");
        if (reader.Fault.IsFault) return;

        // Data is read by a cursor of its own, over the message up to the data's end, so that a broken record costs only itself.
        var data = new WireReader(bytes[..(start + length)]);
        data.Take(start, "RDATA");
        if (type == DnsRecordType.Opt) ReadOpt(ref data, @class, timeToLive);
        else if (isAnswer) answers.Add(DnsRecordData.Read(ref data, bytes, limits, new DnsRecord(name, type, @class, timeToLive)));
        if (!Fault.IsFault) Fault = data.Fault;
    }

    private void ReadOpt(ref WireReader data, ushort udpPayloadSize, uint timeToLive)
    {
        List<string>? errors = null;
        while (data.HasMore)
        {
            var code = data.U16("OPTION-CODE");
            var option = data.Vector16("OPTION-DATA");
            if (code != ExtendedErrorOption || option.Length < 2) continue;
            var error = new DnsExtendedError((ushort)((option[0] << 8) | option[1]));
            var text = Encoding.UTF8.GetString(option[2..]).TrimEnd('\0');
            (errors ??= []).Add($"{error.Code} {error}{(text.Length > 0 ? ": " : "")}{text}");
        }

        if (Edns is not null) return;
        Edns = new DnsEdns(udpPayloadSize, (byte)(timeToLive >> 16), (timeToLive & 0x8000) != 0, errors ?? (IReadOnlyList<string>)[]);
        Rcode = new DnsRcode((ushort)(((timeToLive >> 24) << 4) | Rcode.Code));
    }

    private const int Few = 16;

    // RFC 8914 section 2.
    private const int ExtendedErrorOption = 15;
}
