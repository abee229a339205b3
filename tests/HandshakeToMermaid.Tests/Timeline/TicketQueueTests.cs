using HandshakeToMermaid.Timeline;

namespace HandshakeToMermaid.Tests.Timeline;

/// <summary>Results come out in the order in which things began.</summary>
public sealed class TicketQueueTests
{
    [Fact]
    public void What_began_first_comes_out_first_however_it_ends()
    {
        var released = new List<string>();
        var queue = new TicketQueue<string>(released.Add);
        queue.Settle(3, "third");
        queue.Settle(2, null);
        Assert.Empty(released);
        queue.Settle(1, "first");
        Assert.Equal(["first", "third"], released);
    }

    [Fact]
    public void A_ticket_settled_twice_keeps_its_first_result()
    {
        var released = new List<string>();
        var queue = new TicketQueue<string>(released.Add);
        queue.Settle(2, "kept");
        queue.Settle(2, "lost");
        queue.Settle(1, null);
        queue.Settle(1, "late");
        Assert.Equal(["kept"], released);
    }

    [Fact]
    public void Any_order_of_settling_gives_the_order_of_tickets()
    {
        var random = new Random(1);
        for (var round = 0; round < 200; round++)
        {
            var released = new List<string>();
            var queue = new TicketQueue<string>(released.Add);
            var tickets = Enumerable.Range(1, 40).ToArray();
            random.Shuffle(tickets);
            foreach (var ticket in tickets) queue.Settle(ticket, ticket % 3 == 0 ? null : $"{ticket}");
            Assert.Equal(Enumerable.Range(1, 40).Where(t => t % 3 != 0).Select(t => $"{t}"), released);
        }
    }
}
