namespace Bridge.Schemas.Shapes;

/// <summary>Measures how deep the values of goals are.</summary>
internal static class GoalDepths
{
    /// <summary>Depths beyond this are as good as endless: no JSON reader goes there.</summary>
    private const int Horizon = 64;

    /// <summary>Measures all goals together: goals lead to goals, in circles too.</summary>
    public static void Measure(List<Goal> goals)
    {
        for (bool changed = true; changed;)
        {
            changed = false;
            foreach (Goal goal in goals)
            {
                int depth = goal.Shapes.Select(MinDepth).DefaultIfEmpty(Goal.Endless).Min();
                changed |= depth < goal.MinDepth;
                goal.MinDepth = Math.Min(depth, goal.MinDepth);
            }
        }

        for (bool changed = true; changed;)
        {
            changed = false;
            foreach (Goal goal in goals)
            {
                int depth = goal.Shapes.Select(MaxDepth).DefaultIfEmpty(0).Max();
                depth = depth > Horizon ? Goal.Endless : depth;
                changed |= depth > goal.MaxDepth;
                goal.MaxDepth = Math.Max(depth, goal.MaxDepth);
            }
        }
    }

    private static int MinDepth(Shape shape) => shape switch
    {
        ListShape list => Below(Enumerable.Range(0, Math.Min(list.Min, list.Prefix.Length + 1)).Select(position => list.At(position)!.MinDepth)),
        RecordShape record => Below(record.Members.Where(member => member.Required).Select(member => member.Goal.MinDepth)),
        _ => 0,
    };

    private static int MaxDepth(Shape shape) => shape switch
    {
        ListShape list => Below((list.Rest is null ? list.Prefix : list.Prefix.Add(list.Rest)).Select(goal => goal.MaxDepth)),
        RecordShape record => Below(record.Members.Select(member => member.Goal).Append(record.Others).OfType<Goal>().Select(goal => goal.MaxDepth)),
        _ => 0,
    };

    private static int Below(IEnumerable<int> depths) => Math.Min(depths.DefaultIfEmpty(0).Max() + 1, Goal.Endless);
}
