namespace HandshakeToMermaid.Streams;

/// <summary>Flows by when they were last active, the longest silent first: a packet moves its flow to the end. A flow stands in one list at most.</summary>
internal sealed class FlowList
{
    private Flow? last;

    /// <summary>The flow that was silent longest; null where there is none.</summary>
    public Flow? First { get; private set; }

    /// <summary>Flows in the list.</summary>
    public int Count { get; private set; }

    /// <summary>Puts a flow at the end, out of whichever list it stood in.</summary>
    public void Append(Flow flow)
    {
        if (flow == last) return;
        flow.List?.Remove(flow);
        flow.List = this;
        flow.Earlier = last;
        if (last is null) First = flow;
        else last.Later = flow;
        last = flow;
        Count++;
    }

    /// <summary>Takes a flow of this list out.</summary>
    public void Remove(Flow flow)
    {
        if (flow.Earlier is null) First = flow.Later;
        else flow.Earlier.Later = flow.Later;
        if (flow.Later is null) last = flow.Earlier;
        else flow.Later.Earlier = flow.Earlier;
        (flow.List, flow.Earlier, flow.Later) = (null, null, null);
        Count--;
    }
}
